import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBlocks, checkSlackCall, checkView } from './support/slack-spec.ts';
import { helplineBesideSandbox, referenceIn } from './support/journey.ts';
import { family, officer, until } from './support/people.ts';
import { postgresOrSkip } from './support/postgres.ts';
import { checkTelegramCall } from './support/telegram-spec.ts';

/** What a mother writes, what the form asks of her, and what she hears, in three ways of writing. */
const STORIES = [
  {
    language: 'en',
    user: 810_000_501,
    cry: 'my son is stuck in the russian army, no phone call for 2 months',
    mother: 'Sunita Devi',
    son: 'Rohit Kumar',
    readBack: /Mother or father[\s\S]*about .* 20\d\d/,
    place: 'Rostov region',
    question: 'the agent has his passport, what to do about the passport',
    answer: /passport/i,
    news: 'one more thing, my neighbour heard from him on Diwali',
    reply: 'Namaste. We have your request and have asked the Embassy about your son.',
    hears: /Your request is recorded/,
  },
  {
    language: 'hi',
    user: 810_000_502,
    cry: 'मेरा बेटा रूस की सेना में फँस गया है, दो महीने से फ़ोन नहीं आया',
    mother: 'सुनीता देवी',
    son: 'रोहित कुमार',
    readBack: /रूस/,
    place: 'रोस्तोव',
    question: 'पासपोर्ट एजेंट के पास है, क्या करें',
    answer: /पासपोर्ट/,
    news: 'एक और बात, पड़ोसी की उससे दिवाली पर बात हुई थी',
    reply: 'नमस्ते। हमें आपकी बात मिल गई है।',
    hears: /[ऀ-ॿ]{3}/,
  },
  {
    language: 'hi-Latn',
    user: 810_000_503,
    cry: 'mera beta russia army me fas gaya hai, 2 mahine se phone nahi aaya',
    mother: 'Sunita Devi',
    son: 'Rohit Kumar',
    readBack: /Maa ya pita[\s\S]*Russia/,
    place: 'rostov ke paas',
    question: 'passport agent ke paas hai kya kare',
    answer: /passport/i,
    news: 'ek aur baat, padosi ki usse diwali par baat hui thi',
    reply: 'Namaste. Aapki baat humein mil gayi hai.',
    hears: /darj|aapki/i,
  },
];

const postgres = await postgresOrSkip('the journey');
afterAll(async () => {
  if ('stop' in postgres) await postgres.stop();
});

// A story told in order: each part begins where the one before it ended.
for (const engine of ['sqlite', 'postgres'] as const)
  describe(
    `a family’s message becomes a pending case and comes back answered, on ${engine}`,
    { shuffle: false },
    () => {
      let house: Awaited<ReturnType<typeof helplineBesideSandbox>> | null = null;

      const absent = engine === 'postgres' && 'skip' in postgres;

      beforeAll(async () => {
        if (absent) return;
        house = await helplineBesideSandbox(
          'skip' in postgres || engine === 'sqlite' ? null : await postgres.createDatabase(),
        );
      });
      afterAll(async () => {
        await house?.close();
      });

      test.skipIf(absent).each(STORIES)('in $language', { timeout: 90_000 }, async (story) => {
        if (!house) throw new Error('the helpline has not started');
        const { ctl } = house;
        const mother = family(ctl, story.user, story.mother);
        const desk = officer(ctl);

        // Notice, consent, form.
        await mother.says(story.cry);
        await mother.hears('d:no');
        expect(await desk.triage(), 'nothing before consent').not.toContainEqual(
          expect.objectContaining({ text: expect.stringContaining(story.mother) }),
        );
        await mother.presses('d:no');
        await mother.hears('n:agree');
        await mother.presses('n:agree');
        await mother.hears('s:embassy');
        await mother.presses('s:embassy');
        const opened = await mother.hears(/\b[0-9A-HJKMNP-TV-Z]{8}\b/);
        expect(opened.text).toMatch(story.hears);
        const reference = referenceIn(opened.text);
        // Who she is, the country and since when stood in her cry: read back, and not asked.
        const readBack = await mother.hears('b:reporter_name');
        expect(readBack.text).toMatch(story.readBack);
        await mother.says(story.mother);
        await mother.hears('b:person_name');
        await mother.says(story.son);
        await answerTheRest(mother, story);
        await mother.hears('r:send');
        const summary = (await mother.bubbles()).at(-1)?.text ?? '';
        expect(summary, 'names are masked').not.toContain(story.son);
        expect(summary).toContain('•');
        await mother.presses('r:send');
        const receipt = await mother.hears(new RegExp(reference));
        expect(receipt.text).toContain(reference);

        // The card, without anything personal; take; details, on record; reply; delivery.
        const card = await desk.cardOf(reference);
        const bare = JSON.stringify(card);
        for (const personal of [story.mother, story.son, story.place, story.cry, String(story.user)])
          expect(bare).not.toContain(personal);
        expect(await desk.cards(reference)).toHaveLength(1);
        await desk.presses(reference, 'take');
        await desk.sees(reference, /Meera Nair/);
        await mother.hears(/Meera Nair/);
        await desk.presses(reference, 'details');
        await until('the details with everything told', async () => {
          const details = JSON.stringify((await desk.opens('details_view')).view);
          return [story.mother, story.son, story.cry].every((told) => details.includes(told));
        });
        await desk.closes();
        await desk.presses(reference, 'reply');
        await desk.opens('reply_form');
        await desk.submits({ language: story.language, text: story.reply });
        const preview = JSON.stringify((await desk.opens('reply_preview')).view);
        expect(preview).toContain(story.reply);
        await desk.submits();
        const answer = await mother.hears(new RegExp(escaped(story.reply)));
        expect(answer.text).toContain(reference);
        expect(answer.text).toContain('Meera Nair');
        await desk.sees(reference, /delivered|✓/);

        // Nobody else heard any of it.
        for (const other of STORIES.filter((each) => each.user !== story.user)) {
          const heard = await ctl
            .get<{ bubbles: { text?: string }[] }>(`telegram/chats/${other.user}`)
            .catch(() => ({ bubbles: [] }));
          expect(JSON.stringify(heard.bubbles)).not.toContain(reference);
        }

        // A question, the status, and the restart of everything in between.
        await mother.says(story.question);
        const advice = await mother.hears('m:report');
        expect(advice.text).toMatch(story.answer);
        expect(advice.text, 'source and date').toMatch(/20\d\d/);
        await house.restart();
        await mother.says('/status');
        const status = await mother.hears(new RegExp(`${reference}[\\s\\S]*Meera Nair`));
        expect(status.text).toContain(reference);
        await mother.says(story.news);
        await mother.hears(new RegExp(`${reference}.*№`));

        // Along the statuses; an illegal move is not even offered.
        await desk.presses(reference, 'status');
        const form = JSON.stringify((await desk.opens('status_form')).view);
        expect(form).toContain('sent_to_embassy');
        expect(form).not.toContain('raised_with_russia');
        await desk.chooses('to', 'sent_to_embassy');
        await desk.submits({ to: 'sent_to_embassy', evidence: 'Note sent by bag', tell: ['yes'] });
        await desk.sees(reference, /Sent to the Embassy/i);
        await mother.hears(/Mosc|मॉस्को/i);
        expect(await desk.cards(reference), 'one card, whatever happened').toHaveLength(1);
      });

      test.skipIf(absent)(
        'a stranger, a guest and somebody who has left the channel are refused at every button',
        async () => {
          if (!house) throw new Error('the helpline has not started');
          const { ctl } = house;
          const [card] = await officer(ctl).triage();
          const before = JSON.stringify(card);
          for (const user of ['UGUEST', 'USTRANGER']) {
            for (const action of ['take', 'details', 'reply', 'status', 'priority', 'note']) {
              await ctl
                .post('slack/presses', { user, channel: 'triage', ts: card?.ts, action_id: action })
                .catch(() => undefined);
            }
            expect((await officer(ctl, user).modal())?.callback_id ?? 'notice_view').toBe('notice_view');
          }
          expect(JSON.stringify((await officer(ctl).triage())[0]?.blocks)).toBe(
            JSON.stringify(JSON.parse(before).blocks),
          );
        },
      );

      test.skipIf(absent)(
        'every call that the helpline made is one that the platforms document',
        async () => {
          if (!house) throw new Error('the helpline has not started');
          const telegram = await house.ctl.calls('telegram');
          const slack = await house.ctl.calls('slack');
          expect(telegram.filter((call) => call.method === 'sendMessage').length).toBeGreaterThan(20);
          const wrong = [
            ...telegram.flatMap((call) =>
              checkTelegramCall(call.method, call.arguments).map((problem) => `${call.method}: ${problem}`),
            ),
            ...slack.flatMap((call) =>
              checkSlackCall(call.method, call.arguments).map((problem) => `${call.method}: ${problem}`),
            ),
            ...slack.flatMap((call) =>
              'blocks' in call.arguments ? checkBlocks(parsed(call.arguments['blocks'])) : [],
            ),
            ...slack.flatMap((call) =>
              'view' in call.arguments ? checkView(parsed(call.arguments['view'])) : [],
            ),
          ];
          expect([...new Set(wrong)]).toEqual([]);
          expect(telegram.filter((call) => call.status >= 400)).toEqual([]);
        },
      );
    },
  );

/** Whatever the situation makes the form ask beyond the first four questions. */
async function answerTheRest(
  mother: ReturnType<typeof family>,
  story: (typeof STORIES)[number],
): Promise<void> {
  for (let asked = 0; asked < 12; asked += 1) {
    const last = await nextQuestion(mother);
    const back = last.find((data) => data.startsWith('b:'))?.slice(2);
    if (!back) return;
    expect(['reporter_role', 'last_contact_date'], 'told already').not.toContain(back);
    if (back === 'place_text') await mother.says(story.place);
    else if (back === 'situation')
      await mother.presses(last.includes('f:situation:done') ? 'f:situation:done' : 'f:situation:missing');
    else
      await mother.presses(
        last.find((data) => data.endsWith(':unknown')) ??
          last.find((data) => data.endsWith(':skip')) ??
          `b:${back}`,
      );
  }
  throw new Error('the form does not end');
}

const answered = new Map<number, number>();

/** The ids of the buttons under the newest message, once it is a new one. */
async function nextQuestion(mother: ReturnType<typeof family>): Promise<string[]> {
  return until('the next question', async () => {
    const last = (await mother.bubbles()).at(-1);
    const ids = (last?.buttons ?? []).flat().map((button) => button.callback_data ?? '');
    if (!last || last.message_id === answered.get(mother.user) || ids.length === 0) return null;
    // Her answer is still on its way.
    if (ids.includes('b:person_name')) return null;
    if (!ids.includes('r:send')) answered.set(mother.user, last.message_id);
    return ids;
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const parsed = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value);
