import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { helplineBench, routes, SAID, type HelplineBench } from '../support/helpline-bench.ts';

const FAMILY = '501';
let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench();
});
afterEach(() => bench.clean());

const textsOf = async (caseId: string): Promise<string[]> =>
  (await bench.messages(caseId)).map(({ text }) => text);

describe('words told before the consent', () => {
  const NEWS = 'the agent took his passport and he is not paid, how long does it take?';
  const TOLD = 'My brother is missing in Russia';

  it.each<[string, string[]]>([
    ['the question about danger', []],
    ['the notice', ['d:no']],
    ['the question whom to share with', ['d:no', 'n:agree']],
  ])('are in the case although they were answered as a question while %s waited', async (_step, pressed) => {
    bench.setRoute(
      routes({ ...SAID, [NEWS]: { decision: 'answer', intent: 'how-long', also: ['report-relative'] } }),
    );
    await bench.says(FAMILY, TOLD);
    await bench.presses(FAMILY, ...pressed);
    await bench.says(FAMILY, NEWS);
    expect(
      bench
        .heard(FAMILY)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('no official time limit');
    await bench.presses(FAMILY, ...['d:no', 'n:agree', 's:none'].slice(pressed.length));
    const one = await bench.theCase(FAMILY);
    expect(await textsOf(one.id)).toEqual([TOLD, NEWS]);
    expect(one.needs).toEqual(['missing', 'army-contract']);
  });

  it('of a death make it a bereavement, although another question waited', async () => {
    await bench.says(FAMILY, TOLD);
    await bench.says(FAMILY, 'They told me he died');
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const one = await bench.theCase(FAMILY);
    expect(await textsOf(one.id)).toEqual([TOLD, 'They told me he died']);
    expect(one).toMatchObject({ needs: ['missing', 'told-dead'], priority: 'P1' });
  });
});
