import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIELDS } from '../../../src/core/case/intake-form.ts';
import {
  agreed,
  helplineBench,
  KNOWLEDGE,
  ARJUN,
  MEERA,
  routes,
  SAID,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
const CRY = 'They are taking me to the front now';
let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench();
});
afterEach(() => bench.clean());

const said = (key: string): string => KNOWLEDGE.speech('en').label(key);

/** Ways to bring a chat to a certain step. */
const steps: Record<string, (bench: HelplineBench, address: string) => Promise<unknown>> = {
  'before anything': () => Promise.resolve(),
  'asked about danger': (b, a) => b.says(a, 'My brother is missing in Russia'),
  'during the notice': async (b, a) => {
    await b.says(a, 'My brother is missing in Russia');
    await b.presses(a, 'd:no');
  },
  'asked whom to share with': async (b, a) => {
    await b.says(a, 'My brother is missing in Russia');
    await b.presses(a, 'd:no', 'n:agree');
  },
  'at the first question': agreed,
  'in review': async (b, a) => {
    await agreed(b, a);
    await b.commands(a, 'correct');
  },
  'with a case and its form sent': async (b, a) => {
    await agreed(b, a);
    await b.commands(a, 'correct');
    await b.presses(a, 'r:send');
  },
  'after a refusal': async (b, a) => {
    await b.says(a, 'My brother is missing in Russia');
    await b.presses(a, 'd:no', 'n:no');
  },
  'after taking the consent back': async (b, a) => {
    await agreed(b, a);
    await b.commands(a, 'stop');
  },
  'while a text is corrected': async (b, a) => {
    await agreed(b, a);
    await b.presses(a, 'f:reporter_role:parent');
    await b.says(a, 'Sunita Devi');
    await b.presses(a, 'x:reporter_name');
  },
};

describe.each(Object.entries(steps))('%s', (_name, goThere) => {
  it('danger makes the case P0 at once, on one card, and asks nothing', async () => {
    await goThere(bench, FAMILY);
    const before = (await bench.cases(FAMILY)).length;
    await bench.says(FAMILY, CRY);
    const one = await bench.theCase(FAMILY);
    expect(await bench.cases(FAMILY)).toHaveLength(Math.max(before, 1));
    expect(one.priority).toBe('P0');
    expect(bench.cards).toHaveLength(1);
    expect(bench.card(one.reference)?.card.priority).toBe('P0');
    expect(bench.lines(one.reference).filter((what) => what === 'urgent')).toHaveLength(1);
    expect((await bench.messages(one.id)).map(({ text }) => text)).toContain(CRY);
    expect(bench.last(FAMILY).text).toContain(one.reference);
    expect(bench.last(FAMILY).text).toContain('being alerted now');
    expect(await bench.step(FAMILY)).toBe('idle');
  });

  it.each(['d:yes', 'm:urgent'])('the button %s is danger too', async (button) => {
    await goThere(bench, FAMILY);
    await bench.presses(FAMILY, button);
    expect((await bench.theCase(FAMILY)).priority).toBe('P0');
  });

  it('the words stay when the conversation itself breaks', async () => {
    await goThere(bench, FAMILY);
    let broken = 1;
    bench.setKnowledge({
      ...KNOWLEDGE,
      speech(language) {
        const speech = KNOWLEDGE.speech(language);
        return {
          ...speech,
          say(key, slots) {
            if (broken-- > 0) throw new Error('a sentence is broken');
            return speech.say(key, slots);
          },
        };
      },
    });
    await bench.says(FAMILY, 'My brother is missing in Russia');
    const one = await bench.theCase(FAMILY);
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('My brother is missing in Russia');
    expect(bench.last(FAMILY).text).toContain(one.reference);
    expect(bench.log.events()).toContain('decision-failed');
    expect(bench.lines(one.reference)).toContain('fault');
  });

  it.each([
    ['start', /helpline for families/],
    ['help', /You can simply write/],
    ['language', /Which language/],
    ['status', /There is no request|Reported on/],
    ['mydata', /There is no request|answers you gave/],
    ['correct', /There is no request|check your request/],
    ['cancel', /I have stopped|no more questions/],
    ['stop', /nothing stored|consent is taken back/],
    ['nonsense', /do not know that command/],
  ])('/%s is answered', async (command, answer) => {
    await goThere(bench, FAMILY);
    const before = bench.heard(FAMILY).length;
    await bench.commands(FAMILY, command);
    expect(
      bench
        .heard(FAMILY)
        .slice(before)
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(answer);
  });

  it('a place on the map is refused', async () => {
    await goThere(bench, FAMILY);
    await bench.does(FAMILY, { kind: 'location' });
    expect(
      bench
        .heard(FAMILY)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('not kept the exact place');
  });

  it('coordinates in the text are refused and never kept', async () => {
    await goThere(bench, FAMILY);
    await bench.says(FAMILY, 'he is near 47.9031, 37.7502 since May');
    await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    for (const one of await bench.cases(FAMILY)) {
      const kept = JSON.stringify([await bench.messages(one.id), await bench.fields(one.id)]);
      expect(kept).not.toMatch(/47\.9|37\.75/);
    }
    expect(
      bench
        .heard(FAMILY)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('not kept the exact place');
  });

  it('a sticker is never said to be kept', async () => {
    await goThere(bench, FAMILY);
    const before = bench.heard(FAMILY).length;
    await bench.does(FAMILY, { kind: 'unsupported' });
    const answer = bench
      .heard(FAMILY)
      .slice(before)
      .map(({ text }) => text)
      .join('\n');
    expect(answer).toContain(said('unsupported'));
    expect(answer).not.toContain('Received');
  });

  it('somebody who writes is not counted as having blocked us', async () => {
    await goThere(bench, FAMILY);
    await bench.does(FAMILY, { kind: 'blocked' });
    await bench.says(FAMILY, 'hello again dear desk');
    expect(bench.heard(FAMILY).length).toBeGreaterThan(0);
    const chat = await bench.register.work((unit) => unit.chats.open('telegram', FAMILY));
    expect(chat.blockedAt).toBeNull();
  });
});

const calls = (reference: string): number =>
  bench.lines(reference).filter((what) => what === 'urgent').length;

describe('a cry for help that is repeated', () => {
  it('calls the channel once, keeps every word and leaves the promise where it was', async () => {
    await bench.says(FAMILY, CRY);
    const { reference, id, nextContactAt } = await bench.theCase(FAMILY);
    for (let i = 0; i < 5; i++) {
      bench.clock.now += 60_000;
      await bench.says(FAMILY, CRY);
      await bench.presses(FAMILY, 'm:urgent');
    }
    expect(calls(reference)).toBe(1);
    expect((await bench.messages(id)).map(({ text }) => text)).toEqual(Array(6).fill(CRY));
    expect((await bench.theCase(FAMILY)).nextContactAt).toBe(nextContactAt);
    expect(bench.last(FAMILY).text).toContain('already been alerted');
  });

  it('calls again after an hour of silence, and after the desk has spoken', async () => {
    await bench.says(FAMILY, CRY);
    const { reference, id } = await bench.theCase(FAMILY);
    bench.clock.now += 3600_000;
    await bench.says(FAMILY, CRY);
    expect(calls(reference)).toBe(2);
    bench.clock.now += 1000;
    const drafted = await bench.desk.draftReply(MEERA, id, 'We have called them.', 'en');
    if (drafted.done) await bench.desk.sendReply(MEERA, drafted.draft);
    bench.clock.now += 1000;
    await bench.says(FAMILY, CRY);
    expect(calls(reference)).toBe(3);
  });

  it('after the consent was taken back keeps the number that is asked for', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'stop');
    bench.clock.now += 1000;
    await bench.says(FAMILY, CRY);
    bench.clock.now += 1000;
    await bench.says(FAMILY, '98765 43210');
    expect((await bench.messages(one.id)).map(({ text }) => text)).toEqual(
      expect.arrayContaining([CRY, '98765 43210']),
    );
  });

  it('calls although the case was P0 for another reason', async () => {
    const one = await agreed(bench);
    await bench.desk.setPriority(MEERA, one.id, 'P0', 'p');
    await bench.says(FAMILY, CRY);
    expect(calls(one.reference)).toBe(1);
    expect(await bench.fields(one.id)).toMatchObject({ danger_now: 'yes' });
  });
});

describe('danger inside the form', () => {
  it.each(FIELDS.map(({ id }) => id))('is heard at the question %s', async (id) => {
    const one = await agreed(bench, FAMILY);
    const chat = one.chatId;
    const conversation = await bench.register.work((unit) => unit.conversations.get(chat));
    if (!conversation) throw new Error('no conversation');
    await bench.register.work((unit) =>
      unit.conversations.set(
        chat,
        { ...conversation, step: { at: 'form', caseId: one.id, field: id, mode: 'asking', tries: 1 } },
        1000_000,
      ),
    );
    await bench.says(FAMILY, CRY);
    expect((await bench.theCase(FAMILY)).priority).toBe('P0');
    expect(JSON.stringify(await bench.fields(one.id))).not.toContain(CRY);
  });

  it('in an edit or a caption is danger too', async () => {
    await agreed(bench, '1');
    await bench.says('1', CRY, { edited: true, messageId: '77' });
    expect((await bench.theCase('1')).priority).toBe('P0');
    await bench.does('2', { kind: 'attachment', attachment: { kind: 'photo', file: 'p' }, caption: CRY });
    const [one] = await bench.cases('2');
    expect(one?.priority).toBe('P0');
    expect((await bench.messages(one?.id ?? ''))[0]).toMatchObject({ attachment: { file: 'p' }, text: CRY });
  });

  it('stays danger when our own code breaks over it', async () => {
    bench.setKnowledge({
      ...KNOWLEDGE,
      speech: () => ({
        language: 'en',
        say: () => {
          throw new Error('broken');
        },
        label: () => 'x',
      }),
    });
    await bench.says(FAMILY, CRY);
    const one = await bench.theCase(FAMILY);
    expect(one.priority).toBe('P0');
    expect(bench.lines(one.reference)).toEqual(['urgent']);
    expect(bench.last(FAMILY).text).toContain(one.reference);
  });
});

const broken = (): never => {
  throw new TypeError('no model');
};

describe('a router that fails', () => {
  it('becomes a case with the family’s own words', async () => {
    bench.setRoute(broken);
    await bench.says(FAMILY, 'mera beta Belgorod mein phas gaya');
    const one = await bench.theCase(FAMILY);
    expect((await bench.messages(one.id)).map(({ text }) => text)).toEqual([
      'mera beta Belgorod mein phas gaya',
    ]);
    expect(one.priority).toBe('P1');
    expect(bench.last(FAMILY).text).toContain(one.reference);
    expect(bench.lines(one.reference)).toEqual(['fault']);
    expect(JSON.stringify(bench.log.lines)).not.toMatch(/beta|Belgorod|no model/);
  });

  it('does not disturb somebody who answers the form', async () => {
    const one = await agreed(bench);
    bench.setRoute(broken);
    await bench.says(FAMILY, 'Brother or sister');
    await bench.says(FAMILY, 'Balwinder Kaur');
    expect(await bench.fields(one.id)).toMatchObject({
      reporter_role: 'sibling',
      reporter_name: 'Balwinder Kaur',
    });
  });

  it('leaves the words of somebody with a case in the case', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    bench.setRoute(broken);
    await bench.says(FAMILY, 'he called');
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('he called');
  });
});

describe('the status of a case', () => {
  it('is told to the family, with who has it', async () => {
    const one = await agreed(bench);
    await bench.desk.take(MEERA, one.id, 'p1');
    await bench.says(FAMILY, 'What about my case');
    await bench.commands(FAMILY, 'status');
    expect(bench.last(FAMILY).text).toContain(one.reference);
    expect(bench.last(FAMILY).text).toContain('Meera');
    expect(bench.last(FAMILY).text).toContain(said('status.no-news'));
  });

  it('is not told to a third party, even where another case of theirs is of their own family', async () => {
    const friend = await agreed(bench);
    await bench.presses(FAMILY, 'f:reporter_role:friend');
    await bench.desk.take(MEERA, friend.id, 'p1');
    const told = async (): Promise<string> => {
      const before = bench.heard(FAMILY).length;
      await bench.commands(FAMILY, 'status');
      return bench
        .heard(FAMILY)
        .slice(before)
        .map(({ text }) => text)
        .join('\n');
    };
    expect(await told()).not.toMatch(/Meera|taken|Last change/);
    bench.clock.now += 60_000;
    await bench.commands(FAMILY, 'cancel');
    await bench.presses(FAMILY, 'o:other', 'd:no', 'f:reporter_role:parent');
    expect(await bench.cases(FAMILY)).toHaveLength(2);
    const [family, rest] = (await told()).split(friend.reference);
    expect(`${family}${rest}`).toContain('Reported on');
    expect(await told()).not.toContain('Meera');
    expect(await told()).toContain('more is told only to the family');
  });

  it('never tells an outcome, whatever the desk has set', async () => {
    const one = await agreed(bench, FAMILY, undefined, 's:russia');
    const takeUp = {
      door: 'embassy_moscow' as const,
      counterpart: 'Ministry of Defence',
      date: '2026-11-20',
      reference: 'NV 1',
    };
    for (const to of [
      'sent_to_embassy',
      'raised_with_russia',
      'reply_received',
      'death_confirmed',
    ] as const) {
      const { version } = await bench.theCase(FAMILY);
      const voice = to === 'death_confirmed' ? ('told' as const) : null;
      const wish = { caseId: one.id, version, to, note: 'seen on paper', tell: true, voice, reason: null };
      expect(
        await bench.desk.setStatus(
          MEERA,
          { ...wish, takeUp: to === 'raised_with_russia' ? takeUp : null },
          to,
        ),
      ).toMatchObject({ done: true });
      const { request } = await bench.theCase(FAMILY);
      if (request) await bench.desk.confirmSecond(ARJUN, one.id, request.id, `confirm ${to}`);
    }
    expect((await bench.theCase(FAMILY)).status).toBe('death_confirmed');
    await bench.commands(FAMILY, 'status');
    const all = bench
      .heard(FAMILY)
      .map(({ text }) => text)
      .join('\n');
    expect(all).toContain('a person of the desk will speak with you');
    expect(all).not.toMatch(/death|died|dead/i);
  });

  it('of a closed case is closed, and a new call is begun by a button', async () => {
    const one = await agreed(bench);
    await bench.desk.setStatus(
      MEERA,
      {
        caseId: one.id,
        version: one.version,
        to: 'closed',
        note: 'asked for by the family',
        tell: false,
        takeUp: null,
        voice: null,
        reason: null,
      },
      'p',
    );
    await bench.commands(FAMILY, 'status');
    expect(bench.last(FAMILY).text).toMatch(/closed/);
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    expect(bench.last(FAMILY).text).toContain('earlier question');
    expect(await bench.fields(one.id)).not.toHaveProperty('reporter_role');
    await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.presses(FAMILY, 'm:report', 'd:no');
    expect(await bench.cases(FAMILY)).toHaveLength(2);
  });
});

describe('with an open case', () => {
  it('thanks are answered kindly and tell the desk nothing', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    bench.clock.now += 3600_000;
    await bench.says(FAMILY, 'thank you so much');
    expect(bench.last(FAMILY).text).toContain('You are welcome');
    expect(bench.lines(one.reference)).toEqual([]);
  });

  it('news is kept under its number, and the desk is told once in a while', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    bench.clock.now += 3600_000;
    await bench.says(FAMILY, 'he called today');
    expect(bench.last(FAMILY).text).toContain('№ 2');
    await bench.says(FAMILY, 'he is in Rostov');
    expect(bench.last(FAMILY).text).toContain('№ 3');
    expect(bench.lines(one.reference)).toEqual(['family-wrote']);
    expect(bench.card(one.reference)?.card.received).toBe(3);
  });

  it('a wish to speak with a person reaches the desk, however busy the chat is', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    await bench.says(FAMILY, 'I want to talk to a person');
    expect(bench.lines(one.reference)).toEqual(['wants-person']);
    expect(bench.last(FAMILY).text).toContain('The desk has been told');
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('I want to talk to a person');
  });

  it('word of a death raises it and brings a person', async () => {
    bench.setRoute(
      routes({ ...SAID, 'not paid for months': { decision: 'intake', intent: 'salary-unpaid' } }),
    );
    const one = await agreed(bench, FAMILY, 'not paid for months');
    expect(one.priority).toBe('P3');
    await bench.commands(FAMILY, 'cancel');
    await bench.says(FAMILY, 'They told me he died');
    expect((await bench.theCase(FAMILY)).priority).toBe('P1');
    expect(bench.lines(one.reference)).toEqual(['wants-person']);
  });

  it('/report and the menu lead to the case that is there, not to a second one', async () => {
    const one = await agreed(bench);
    for (const ask of [() => bench.commands(FAMILY, 'report'), () => bench.presses(FAMILY, 'm:report')]) {
      await ask();
      expect(bench.last(FAMILY).text).toContain(one.reference);
    }
    expect(await bench.cases(FAMILY)).toHaveLength(1);
  });

  it('blocking and coming back are shown to the desk', async () => {
    const one = await agreed(bench);
    await bench.does(FAMILY, { kind: 'blocked' });
    expect(bench.card(one.reference)?.card.blocked).toBe(true);
    await bench.does(FAMILY, { kind: 'unblocked' });
    expect(bench.card(one.reference)?.card.blocked).toBe(false);
    expect(bench.lines(one.reference)).toEqual(['family-blocked', 'family-back']);
  });

  it('/stop takes the consent back and tells the desk', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'stop');
    const consent = await bench.register.work((unit) => unit.consents.latest(one.chatId));
    expect(consent?.withdrawnAt).toBe(bench.clock.now);
    expect(bench.lines(one.reference)).toEqual(['withdrawn']);
    expect(await bench.step(FAMILY)).toBe('none');
  });
});

const picture = (file: string, caption = '') => ({
  kind: 'attachment' as const,
  attachment: { kind: 'photo' as const, file },
  caption,
  album: 'album-1',
});

describe('pictures', () => {
  it.each([
    'before anything',
    'asked about danger',
    'at the first question',
    'with a case and its form sent',
  ])('%s, an album is acknowledged once and kept whole', async (step) => {
    await steps[step]?.(bench, FAMILY);
    const before = bench.heard(FAMILY).length;
    for (const file of ['p1', 'p2', 'p3']) await bench.does(FAMILY, picture(file));
    const heard = bench.heard(FAMILY).slice(before);
    expect(heard.length).toBeLessThanOrEqual(2);
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const [one] = await bench.cases(FAMILY);
    const files = (await bench.messages(one?.id ?? '')).flatMap(({ attachment }) => attachment?.file ?? []);
    expect(files).toEqual(['p1', 'p2', 'p3']);
  });

  it('are answered with the wish not to send papers', async () => {
    await steps['with a case and its form sent']?.(bench, FAMILY);
    await bench.does(FAMILY, { ...picture('p1'), album: '' });
    expect(bench.last(FAMILY).text).toContain('do not send photos of passports');
  });

  it('with coordinates in the caption lose them', async () => {
    const one = await agreed(bench);
    await bench.does(FAMILY, picture('p1', 'here 47.9031 37.7502'));
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('here […]');
  });
});

describe('an edit', () => {
  it('is a new version, and the first wording stays', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    bench.clock.now += 3600_000;
    const messageId = await bench.says(FAMILY, 'he is in Rostov');
    await bench.says(FAMILY, 'he is in Belgorod', { edited: true, messageId });
    const [, first, second] = await bench.messages(one.id);
    expect(first?.text).toBe('he is in Rostov');
    expect(second).toMatchObject({ text: 'he is in Belgorod', edits: first?.id });
    expect(bench.lines(one.reference)).toEqual(['family-wrote', 'family-edited']);
  });

  it('before there is a case takes the place of the first wording', async () => {
    const messageId = await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.says(FAMILY, 'My cousin is missing in Russia', { edited: true, messageId });
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const messages = await bench.messages((await bench.theCase(FAMILY)).id);
    expect(messages.map(({ text }) => text)).toEqual(['My cousin is missing in Russia']);
  });

  it('of an answer in the form reaches the desk as it is', async () => {
    const one = await agreed(bench);
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    const messageId = await bench.says(FAMILY, 'Sunita Devi');
    await bench.says(FAMILY, 'Sunita Rani', { edited: true, messageId });
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('Sunita Rani');
    expect(await bench.step(FAMILY)).toBe('form:person_name');
  });

  it('takes coordinates out as well', async () => {
    const one = await agreed(bench);
    await bench.says(FAMILY, 'he is at 47.9031, 37.7502 now', { edited: true, messageId: '9' });
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('he is at […] now');
  });
});

describe('two cases of one chat', () => {
  it('keep their answers apart: an old question’s button answers neither', async () => {
    const first = await agreed(bench);
    bench.clock.now += 1000;
    await bench.presses(FAMILY, 'o:other', 'd:no');
    const second = (await bench.cases(FAMILY)).find(({ id }) => id !== first.id);
    await bench.presses(FAMILY, 'f:country_now:UA');
    expect(await bench.fields(first.id)).not.toHaveProperty('country_now');
    expect(await bench.fields(second?.id ?? '')).not.toHaveProperty('country_now');
    expect(await bench.step(FAMILY)).toBe('form:reporter_role');
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    expect(await bench.fields(second?.id ?? '')).toMatchObject({ reporter_role: 'parent' });
    expect(await bench.fields(first.id)).not.toHaveProperty('reporter_role');
  });

  it('are both in /status and in /mydata', async () => {
    const first = await agreed(bench);
    await bench.presses(FAMILY, 'o:other', 'd:no');
    for (const command of ['status', 'mydata']) {
      await bench.commands(FAMILY, command);
      for (const one of await bench.cases(FAMILY)) expect(bench.last(FAMILY).text).toContain(one.reference);
    }
    expect(await bench.cases(FAMILY)).toHaveLength(2);
    expect(first.chatId).toBe((await bench.cases(FAMILY))[0]?.chatId);
  });
});

describe('the language', () => {
  it('follows what is written, and one odd word changes nothing', async () => {
    bench.setRoute(routes({ ...SAID, da: { decision: 'clarify', language: 'mr' } }));
    await bench.says(FAMILY, 'mera bhai roos mein gayab hai');
    expect(bench.last(FAMILY).language).toBe('hi-Latn');
    await bench.says(FAMILY, 'da');
    expect(bench.last(FAMILY).language).toBe('hi-Latn');
    await bench.says('2', 'मेरा भाई रूस में लापता है');
    expect(bench.last('2').language).toBe('hi');
  });

  it('a language in Latin letters is offered to those who write it', async () => {
    await bench.commands(FAMILY, 'language');
    expect(bench.last(FAMILY).buttons).toContain('l:hi-Latn');
    expect(bench.last(FAMILY).buttons).not.toContain('l:pa-Latn');
    await bench.says(FAMILY, 'mera putt russia vich lapata hai');
    await bench.commands(FAMILY, 'language');
    expect(bench.last(FAMILY).language).toBe('pa-Latn');
    expect(bench.last(FAMILY).buttons).toContain('l:pa-Latn');
    expect(bench.last(FAMILY).buttons).not.toContain('l:ta-Latn');
  });

  it('that was chosen stays, in the form and in what the desk sends', async () => {
    const one = await agreed(bench);
    await bench.presses(FAMILY, 'l:hi');
    expect(bench.last(FAMILY).language).toBe('hi');
    expect(bench.last(FAMILY).buttons).toContain('f:reporter_role:self');
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'How long does it take?');
    expect(bench.last(FAMILY).language).toBe('hi');
    await bench.desk.take(MEERA, one.id, 'p');
    await bench.drained();
    expect(bench.last(FAMILY).language).toBe('hi');
    expect((await bench.theCase(FAMILY)).language).toBe('hi');
  });

  it('of an app that nobody here speaks is English', async () => {
    await bench.says(FAMILY, 'hello', { appLanguage: 'sw' });
    expect(bench.last(FAMILY).language).toBe('en');
  });

  it('of an old button changes nothing about what it means', async () => {
    await agreed(bench);
    await bench.presses(FAMILY, 'l:pa', 'f:reporter_role:parent');
    const one = await bench.theCase(FAMILY);
    expect((await bench.fields(one.id))['reporter_role']).toBe('parent');
  });
});

describe('somebody of the desk who writes to the bot', () => {
  const staff = { channel: 'slack' as const, staff: { id: 'UMEERA', name: 'Meera', mayOpen: true } };

  it('gets the answer that families get, without notice and form', async () => {
    await bench.says('D1', 'How long does it take?', staff);
    expect(bench.last('D1').text.length).toBeGreaterThan(40);
    expect(bench.last('D1').buttons).toEqual([]);
  });

  it('records a call for help as a pending case in their words, each time a new one', async () => {
    await bench.says('D1', 'My brother is missing in Russia', staff);
    await bench.says('D1', CRY, staff);
    const chat = await bench.register.work((unit) => unit.chats.open('slack', 'D1'));
    const cases = await bench.register.work((unit) => unit.cases.ofChat(chat.id));
    expect(cases.map(({ priority, status }) => `${priority} ${status}`).toSorted()).toEqual([
      'P0 received',
      'P1 received',
    ]);
    for (const one of cases)
      expect(bench.heard('D1').some(({ text }) => text.includes(one.reference))).toBe(true);
    const urgent = cases.find(({ priority }) => priority === 'P0');
    expect(bench.lines(urgent?.reference ?? '')).toEqual(['urgent']);
  });

  it('is told what can be done when nothing fits', async () => {
    await bench.says('D1', 'zzz', staff);
    await bench.does('D1', { kind: 'unsupported' }, staff);
    expect(bench.last('D1').text).toContain('pending case');
  });
});

it('every message that comes twice is decided once', async () => {
  const message = {
    source: { name: 'telegram' as const, key: 'k' },
    channel: 'telegram' as const,
    address: FAMILY,
    messageId: '1',
    edited: false,
    at: 1,
    content: { kind: 'text' as const, text: CRY },
  };
  await bench.line.receive(message);
  await bench.line.receive(message);
  await bench.drained();
  expect(await bench.cases(FAMILY)).toHaveLength(1);
  expect(bench.heard(FAMILY)).toHaveLength(1);
});
