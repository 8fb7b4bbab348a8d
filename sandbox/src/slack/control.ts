import { Hono } from 'hono';
import { z } from 'zod';
import { readControl, refuse } from '../control.ts';
import type { SandboxApp } from '../emulator.ts';
import type { Acts } from './acts.ts';
import { channelEntry, channelView, userEntry } from './channel-view.ts';
import type { Channel } from './channels.ts';
import { BadValue } from './form-values.ts';
import type { HttpCarrier } from './http-carrier.ts';
import { app as theApp } from './identity.ts';
import type { Membership } from './membership.ts';
import { homeObject, homeView, modalsView } from './modals.ts';
import type { Person } from './people.ts';
import { SlackError } from './slack-error.ts';
import type { Sockets } from './sockets.ts';
import type { Workspace } from './workspace.ts';

type Parts = {
  workspace: Workspace;
  membership: Membership;
  acts: Acts;
  sockets: Sockets;
  http: HttpCarrier;
  setLimited: (on: boolean) => void;
};

const user = z.string();
const text = z.string().min(1).max(40_000);
const pick = { action_id: z.string(), block_id: z.string().optional(), value: z.unknown().optional() };
const schemas = {
  message: z.strictObject({ user, channel: z.string(), thread_ts: z.string().optional(), text }),
  press: z.union([
    z.strictObject({ user, channel: z.string(), ts: z.string(), ...pick }),
    z.strictObject({ user, view_id: z.string().optional(), ...pick }),
  ]),
  submit: z.strictObject({ values: z.record(z.string(), z.unknown()).default({}) }),
  close: z.strictObject({ all: z.boolean().default(false) }),
  command: z.strictObject({
    user,
    channel: z.string().optional(),
    command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
    text: z.string().default(''),
  }),
  user: z.strictObject({
    id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/),
    name: z.string().min(1).max(80),
    restricted: z.boolean().optional(),
    ultra_restricted: z.boolean().optional(),
    stranger: z.boolean().optional(),
    deleted: z.boolean().optional(),
    team: z
      .string()
      .regex(/^T[A-Z0-9]{2,20}$/)
      .optional(),
  }),
  member: z.strictObject({ channel: z.string(), user, member: z.boolean() }),
  channel: z.strictObject({
    name: z.string().regex(/^[a-z0-9_-]{1,80}$/),
    private: z.boolean().default(false),
    archived: z.boolean().default(false),
    members: z.array(z.string()).default([]),
  }),
  disconnect: z.strictObject({
    reason: z.enum(['warning', 'refresh_requested', 'link_disabled']).default('refresh_requested'),
    which: z.enum(['one', 'all']).default('all'),
  }),
  http: z.strictObject({ url: z.url().nullable() }),
  settings: z.strictObject({ rate_limits: z.boolean().optional(), strict_retries: z.boolean().optional() }),
};

/** `/control/slack/…`: what people and the workspace's owner do. */
export const slackControl = ({
  workspace,
  membership,
  acts,
  sockets,
  http,
  setLimited,
}: Parts): SandboxApp => {
  const { people, channels, messages, modals, events, posting } = workspace;
  const app: SandboxApp = new Hono();
  app.onError((error, c) => {
    if (error instanceof BadValue) return c.json({ error: error.message }, 400);
    if (error instanceof SlackError) return c.json({ error: `Slack says ${error.code}.` }, 400);
    throw error;
  });

  const known = (id: string): Person => people.get(id) ?? refuse(404, `There is no user ${id}.`);
  const acting = (id: string): Person => {
    const person = known(id);
    if (person.deleted) return refuse(403, `${person.name}'s account is deactivated.`);
    return person.bot ? refuse(403, `${person.name} is an app.`) : person;
  };
  const channelOf = (name: string): Channel =>
    channels.find(name) ?? refuse(404, `There is no channel ${name}.`);
  const joined = (person: Person, name: string): Channel => {
    const channel = name === 'dm' ? channels.dmWith(person.id) : channelOf(name);
    return channel.members.includes(person.id)
      ? channel
      : refuse(403, `${person.name} is not in ${channelEntry(workspace, channel).name}.`);
  };

  app.get('/channels', (c) => c.json(channels.list().map((channel) => channelEntry(workspace, channel))));
  app.get('/channels/:name', (c) => c.json(channelView(workspace, channelOf(c.req.param('name')))));
  app.post('/channels', async (c) =>
    c.json({ id: membership.addChannel(await readControl(c, schemas.channel)).id }),
  );
  app.post('/messages', async (c) => {
    const asked = await readControl(c, schemas.message);
    const person = acting(asked.user);
    const words = asked.text.replaceAll(/<@APP>|(?<![\w<])@helpline\b/gi, `<@${theApp.user}>`);
    const { ts } = posting.post({
      channel: joined(person, asked.channel),
      user: person.id,
      text: words,
      thread_ts: asked.thread_ts,
    });
    return c.json({ ts });
  });
  app.post('/presses', async (c) => {
    const asked = await readControl(c, schemas.press);
    const person = acting(asked.user);
    if (!('channel' in asked)) return c.json(await acts.pressOnView(person, asked.view_id, asked));
    const channel = joined(person, asked.channel);
    const message = messages.get(channel.id, asked.ts);
    if (!message || (message.ephemeral_for ?? person.id) !== person.id)
      return refuse(404, `${person.name} sees no message ${asked.ts} there.`);
    return c.json(await acts.pressOnMessage(person, channel, message, asked));
  });

  app.get('/views/:user', (c) => {
    const person = known(c.req.param('user'));
    return c.json(modalsView(person.id, modals.stack(person.id)));
  });
  app.post('/views/:user/submit', async (c) => {
    const person = acting(c.req.param('user'));
    return c.json(await acts.submit(person, (await readControl(c, schemas.submit)).values));
  });
  app.post('/views/:user/close', async (c) => {
    const empty = (await c.req.raw.clone().text()) === '';
    const { all } = empty ? { all: false } : await readControl(c, schemas.close);
    await acts.close(acting(c.req.param('user')), all);
    return c.json({ ok: true });
  });
  app.post('/commands', async (c) => {
    const asked = await readControl(c, schemas.command);
    const person = acting(asked.user);
    if (person.stranger)
      return refuse(403, `${person.name} is of another workspace and has no commands here.`);
    const where = channels.find('triage')?.members.includes(person.id) ? 'triage' : 'dm';
    return c.json(
      await acts.command(person, joined(person, asked.channel ?? where), asked.command, asked.text),
    );
  });
  app.get('/home/:user', (c) => {
    const person = known(c.req.param('user'));
    return c.json(homeView(person.id, modals.home(person.id)));
  });
  app.post('/home/:user/open', (c) => {
    const person = acting(c.req.param('user'));
    const home = modals.home(person.id);
    events.emit({
      type: 'app_home_opened',
      user: person.id,
      channel: channels.dmWith(person.id).id,
      tab: 'home',
      event_ts: messages.nextTs(),
      ...(home ? { view: homeObject(home) } : {}),
    });
    return c.json({ ok: true });
  });

  app.get('/users', (c) => c.json(people.list().map(userEntry)));
  app.post('/users', async (c) => {
    membership.putPerson(await readControl(c, schemas.user));
    return c.json({ ok: true });
  });
  app.post('/members', async (c) => {
    const asked = await readControl(c, schemas.member);
    membership.setMember(channelOf(asked.channel), known(asked.user), asked.member);
    return c.json({ ok: true });
  });

  app.get('/connections', (c) =>
    c.json({ sockets: sockets.count(), request_url: http.url(), events: events.counts() }),
  );
  app.post('/disconnect', async (c) => {
    const { reason, which } = await readControl(c, schemas.disconnect);
    return c.json({ disconnected: sockets.disconnect(reason, which) });
  });
  app.post('/http', async (c) => {
    const { url } = await readControl(c, schemas.http);
    if (await http.use(url)) return c.json({ ok: true });
    return refuse(400, 'The address did not answer the url_verification challenge.');
  });
  app.post('/settings', async (c) => {
    const { rate_limits, strict_retries } = await readControl(c, schemas.settings);
    if (rate_limits !== undefined) setLimited(rate_limits);
    if (strict_retries !== undefined) events.setStrict(strict_retries);
    return c.json({ ok: true });
  });
  return app;
};
