import { expect, test } from 'vitest';
import { slackAccess } from '../../../src/channels/slack/access.ts';
import { DESKS } from '../../support/helpline-bench.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { slackSandbox } from '../../support/slack-sandbox.ts';

test('who was made a guest, without a word from Slack, is out after a minute', async () => {
  const sandbox = await slackSandbox();
  try {
    let clock = 0;
    const access = slackAccess({
      client: sandbox.client(),
      ownTeam: () => 'T0SANDBOX',
      desks: () => DESKS,
      now: () => clock,
      log: recordedLog().log,
    });
    const allowed = async (): Promise<boolean> =>
      (await access.check({ user: 'UMEERA', team: 'T0SANDBOX' })).allowed;
    expect(await allowed()).toBe(true);
    await sandbox.act('users', { id: 'UMEERA', name: 'Meera Nair', restricted: true });
    clock += 59_999;
    expect(await allowed()).toBe(true);
    clock += 1;
    expect(await allowed()).toBe(false);
  } finally {
    await sandbox.close();
  }
});
