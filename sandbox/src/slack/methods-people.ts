import { z } from 'zod';
import { app, team } from './identity.ts';
import { count, flag, method, pageOf } from './methods.ts';
import type { Method } from './methods.ts';
import { userObject } from './people.ts';
import { SlackError } from './slack-error.ts';

/** Users, the workspace and the app itself. User groups are for paid plans; the sandbox's workspace is free. */
export const peopleMethods = (baseUrl: () => string): Record<string, Method> => {
  const paidOnly: Method = {
    tier: 't2',
    token: 'bot',
    call() {
      throw new SlackError('plan_upgrade_required');
    },
  };
  return {
    'auth.test': method('special', z.strictObject({}), () => ({
      url: `${baseUrl()}/`,
      team: team.name,
      user: app.username,
      team_id: team.id,
      user_id: app.user,
      bot_id: app.bot,
      is_enterprise_install: false,
    })),
    'users.info': method(
      't4',
      z.strictObject({ user: z.string(), include_locale: flag.optional() }),
      ({ people }, args) => {
        const person = people.get(args.user);
        if (!person) throw new SlackError('user_not_found');
        return { user: userObject(person) };
      },
    ),
    'users.list': method(
      't2',
      z.strictObject({
        cursor: z.string().optional(),
        limit: count.optional(),
        include_locale: flag.optional(),
      }),
      ({ people }, args) => {
        const members = people.list().filter((person) => person.team === team.id);
        const { items, next_cursor } = pageOf(members.map(userObject), args);
        return { members: items, cache_ts: 0, response_metadata: { next_cursor } };
      },
    ),
    'bots.info': method('t3', z.strictObject({ bot: z.string().optional() }), (_, args) => {
      if (args.bot !== app.bot) throw new SlackError('bot_not_found');
      return {
        bot: {
          id: app.bot,
          deleted: false,
          name: app.name,
          updated: 0,
          app_id: app.id,
          user_id: app.user,
          icons: {},
        },
      };
    }),
    'team.info': method('t3', z.strictObject({ team: z.string().optional() }), (_, args) => {
      if (args.team !== undefined && args.team !== team.id) throw new SlackError('team_not_found');
      return {
        team: {
          ...team,
          url: `${baseUrl()}/`,
          email_domain: '',
          icon: { image_default: true },
          is_verified: false,
          avatar_base_url: 'https://avatars.invalid/',
        },
      };
    }),
    'usergroups.list': paidOnly,
    'usergroups.users.list': paidOnly,
    'usergroups.create': paidOnly,
    'usergroups.update': paidOnly,
    'usergroups.users.update': paidOnly,
    'usergroups.enable': paidOnly,
    'usergroups.disable': paidOnly,
  };
};
