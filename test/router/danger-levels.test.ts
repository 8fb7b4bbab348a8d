import { beforeAll, describe, expect, it } from 'vitest';
import type { Router } from '../../src/router/router.ts';
import { realRouter } from '../support/kept.ts';

let router: Router;
beforeAll(async () => {
  router = await realRouter();
}, 600_000);

describe('the router of the real intents', () => {
  it.each([
    'no danger',
    'no danger now',
    'not in danger',
    'he is not in danger',
    'he is safe now',
    'koi khatra nahi',
    'khatra nahi hai',
    'abhi koi khatra nahi hai',
    'Nobody is in danger, I wrote it wrongly',
    'खतरे में नहीं है',
    'ప్రమాదం లేదు',
    'pata nahi',
    '16 march',
    'B-12 janakpuri',
    'flat 16',
    'gali no 14',
    'my son went to Russia on 14 March 2026 with an agent for a helper job',
  ])('hears no danger in: %s', (text) => {
    expect(router.route(text).danger.level).toBe('none');
  });

  it.each([
    'Nair',
    'Arun Nair',
    'Patil',
    'Leela',
    'Meenakshi',
    'Rakesh',
    'near Donetsk',
    'ek minute ruko',
    '12/10/2025 ko',
  ])('never pages for a name, a place, a date or a few words: %s', (text) => {
    expect(router.route(text).decision).not.toBe('urgent');
  });

  it.each([
    'no, they are killing him now',
    'nahi, abhi front pe bhej rahe hain',
    'he is in danger',
    'uski umar 16 saal hai aur fauj me daal diya',
    'bachao bachao',
  ])('pages for: %s', (text) => {
    const routed = router.route(text);
    expect(routed.decision).toBe('urgent');
    expect(routed.danger.level).toBe('page');
  });

  it('says of each message how likely danger is, 1 only for a phrase', () => {
    expect(router.route('he is in danger').danger.p).toBe(1);
    const { danger } = router.route(
      'they make our boys dig at night where the drones come and three are gone',
    );
    expect(danger.p).toBeLessThan(1);
    expect(danger.level).not.toBe('none');
  });
});
