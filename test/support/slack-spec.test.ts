import { describe, expect, test } from 'vitest';
import { checkBlocks, checkSlackCall, checkSlackPayload, checkView } from './slack-spec.ts';

const words = (text: string) => ({ type: 'plain_text', text });
const modal = { type: 'modal', title: words('Reply'), blocks: [{ type: 'divider' }] };
const person = { id: 'U1', username: 'asha', name: 'asha', team_id: 'T1' };
const opened = {
  id: 'V1',
  team_id: 'T1',
  app_id: 'A1',
  app_installed_team_id: 'T1',
  bot_id: 'B1',
  type: 'modal',
  blocks: [],
  private_metadata: '',
  callback_id: 'reply',
  external_id: '',
  state: { values: {} },
  hash: '1.x',
  title: words('Reply'),
  close: null,
  submit: words('Send'),
  clear_on_close: false,
  notify_on_close: false,
  root_view_id: 'V1',
  previous_view_id: null,
};
const sent = {
  view_submission: {
    type: 'view_submission',
    team: { id: 'T1', domain: 'desk' },
    user: person,
    api_app_id: 'A1',
    token: 'x',
    trigger_id: '1.2',
    view: opened,
    response_urls: [],
    is_enterprise_install: false,
  },
  slash_command: {
    token: 'x',
    team_id: 'T1',
    team_domain: 'desk',
    channel_id: 'C1',
    channel_name: 'triage',
    user_id: 'U1',
    user_name: 'asha',
    command: '/helpline',
    text: '',
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/x',
    trigger_id: '1.2',
  },
};

describe('the checks by our table of Slack', () => {
  test('a sound call passes; a typo, a missing argument and an unknown method do not', () => {
    expect(checkSlackCall('chat.postMessage', { channel: 'C1', text: 'x' })).toEqual([]);
    expect(checkSlackCall('chat.postMessage', { chanel: 'C1' })).toHaveLength(2);
    expect(checkSlackCall('chat.postMassage', {})).toHaveLength(1);
  });
  test('sound blocks pass; an unknown type, a wrong text and long words do not', () => {
    const header = { type: 'header', text: words('Case') };
    const button = { type: 'button', action_id: 'go', text: words('x'.repeat(76)) };
    expect(checkBlocks([header])).toEqual([]);
    expect(checkBlocks([{ type: 'headline', text: words('x') }])).not.toEqual([]);
    expect(checkBlocks([{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }])).not.toEqual([]);
    expect(checkBlocks([{ type: 'actions', elements: [button] }])).not.toEqual([]);
    expect(checkBlocks(Array.from({ length: 51 }, () => ({ type: 'divider' })))).not.toEqual([]);
  });
  test('a sound modal passes; a long title and long metadata do not', () => {
    expect(checkView(modal)).toEqual([]);
    expect(checkView({ ...modal, title: words('x'.repeat(25)) })).not.toEqual([]);
    expect(checkView({ ...modal, private_metadata: 'x'.repeat(3001) })).not.toEqual([]);
  });
  test.each(['view_submission', 'slash_command'] as const)(
    'a sound %s passes; an invented key, and one that is missing, do not',
    (kind) => {
      const { trigger_id: _, ...without } = sent[kind];
      expect(checkSlackPayload(kind, sent[kind])).toEqual([]);
      expect(checkSlackPayload(kind, { ...sent[kind], family: 1 })).toHaveLength(1);
      expect(checkSlackPayload(kind, without)).toHaveLength(1);
    },
  );
  test('an event that nobody has looked up does not pass', () => {
    const event = { type: 'emoji_changed' };
    expect(checkSlackPayload('event', { event })).toContain('no event "emoji_changed" is written down');
  });
});
