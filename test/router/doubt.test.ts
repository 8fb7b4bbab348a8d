import { beforeAll, describe, expect, it } from 'vitest';
import type { Route, Routed } from '../../src/core/family/routed.ts';
import { doubtOf } from '../../src/router/doubt.ts';
import { realIntents, realRouter } from '../support/kept.ts';

const doubt = doubtOf([
  { intents: ['bereaved', 'rites'], words: ['died', 'bring the body', 'shav', 'coffin*'] },
]);
const taken = (intent: string, over: Partial<Routed> = {}): Routed => ({
  language: 'en',
  decision: 'human',
  intent,
  confidence: 0.99,
  candidates: [
    { intent, p: 0.99 },
    { intent: 'hurt', p: 0.01 },
  ],
  also: [],
  danger: { level: 'none', p: 0 },
  ...over,
});

describe('an intent that needs a word beside it', () => {
  it.each(['They say he DIED', 'how to bring the body home', 'Coffins', 'shav'])(
    'is acted on where the word stands: "%s"',
    (text) => {
      expect(doubt(taken('bereaved'), text, {})).toEqual(taken('bereaved'));
    },
  );

  it.each(['his body aches', 'bring the medicine, his body aches', 'sab theek hai', 'studied'])(
    'is asked about without one, and stands last among the buttons: "%s"',
    (text) => {
      expect(doubt(taken('rites', { decision: 'answer' }), text, {})).toMatchObject({
        decision: 'clarify',
        intent: null,
        candidates: [{ intent: 'hurt' }, { intent: 'rites' }],
      });
    },
  );

  it('is given to a person when the question has been asked already', () => {
    const again = doubt(taken('bereaved'), 'his body aches', { offered: ['hurt', 'bereaved'] });
    expect(again).toMatchObject({ decision: 'human', intent: null });
  });

  it('does not ride along with another need', () => {
    const two = taken('hurt', { decision: 'intake', also: ['bereaved', 'passport'] });
    expect(doubt(two, 'he is hurt', {})).toEqual({ ...two, also: ['passport'] });
    expect(doubt(two, 'he is hurt, or died', {})).toEqual(two);
  });

  it('never takes an alarm back', () => {
    const alarm = taken('bereaved', { decision: 'urgent' });
    expect(doubt(alarm, 'his body aches', {})).toEqual(alarm);
  });

  it('is the only one that is looked at', () => {
    expect(doubt(taken('hurt'), 'his body aches', {})).toEqual(taken('hurt'));
  });
});

/** A man who lives: his body hurts, his blood was tested, somebody remains somewhere. */
const ALIVE = [
  'he has pain all over his body',
  'his body is swollen',
  'his body has become very weak',
  'wo body guard hai',
  'he remains in the camp',
  'uski body me dard hai',
  'body pain ho raha hai',
  'uski body par chot ke nishan hai',
  'body check up karwana hai',
  'blood test kiya hai',
  'blood sample liya hospital me',
  'उसकी बॉडी में दर्द है',
  'उसका शरीर बहुत कमजोर हो गया है',
  'उसके पूरे शरीर पर चोट के निशान हैं',
  'ohdi body vich dard hai',
  'ਉਸਦੀ ਬਾਡੀ ਵਿੱਚ ਦਰਦ ਹੈ',
  'ਉਸਦੇ ਸਰੀਰ ਵਿੱਚ ਦਰਦ ਹੈ',
  'athani body lo noppi undi',
  'అతని బాడీలో నొప్పి ఉంది',
  'avan body la vali iruku',
  'அவன் உடம்பில் வலி இருக்கு',
  'avante body yil vedana undu',
  'അവന്റെ ശരീരത്തിൽ വേദന ഉണ്ട്',
  'avana body li novu ide',
  'ಅವನ ಮೈಯಲ್ಲಿ ನೋವು ಇದೆ',
  'tyachi body dukhte aahe',
  'त्याचं अंग दुखतंय',
  'eni body ma dukhavo thay che',
  'એના શરીરમાં દુખાવો થાય છે',
  'or body te byatha',
  'ওর শরীরে ব্যথা',
  'اس کے جسم میں درد ہے',
];

/** Word of a death, said as it is said. */
const DEAD = [
  ['they say my brother is dead', 'death-reported'],
  ['kisi ne bola wo khatam ho gaya', 'death-reported'],
  ['हमें बताया गया कि वो नहीं रहा', 'death-reported'],
  ['ਸਾਡਾ ਮੁੰਡਾ ਮਾਰਿਆ ਗਿਆ', 'death-reported'],
  ['మా అబ్బాయి చనిపోయాడని ఫోన్ వచ్చింది', 'death-reported'],
  ['body kab aayegi', 'mortal-remains'],
  ['how do we bring his body to india', 'mortal-remains'],
  ['शव लाने के लिए कौन से कागज चाहिए', 'mortal-remains'],
  ['میت کیسے آئے گی', 'mortal-remains'],
  ['dna test', 'dna-sample'],
  ['டிஎன்ஏ எதுக்கு', 'dna-sample'],
] as const;

describe('the real router', () => {
  const hurting = new Set(realIntents.beside.flatMap(({ intents }) => intents));
  let route: Route;
  beforeAll(async () => {
    ({ route } = await realRouter());
  }, 180_000);

  it.each(ALIVE)('meets "%s" with no bereavement', (text) => {
    const { intent, also } = route(text);
    expect([intent, ...also].filter((id) => id !== null && hurting.has(id))).toEqual([]);
  });

  it.each(DEAD)('still knows "%s"', (text, intent) => {
    expect(route(text).intent).toBe(intent);
  });

  it('knows every intent that needs a word', () => {
    expect([...hurting].filter((id) => !realIntents.intents.has(id))).toEqual([]);
    expect(hurting.size).toBe(3);
  });
});
