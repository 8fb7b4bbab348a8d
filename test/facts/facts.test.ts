import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFacts } from '../../src/intents/facts-files.ts';
import { collectFaults } from '../../src/yaml/faults.ts';
import { factReader } from '../../src/facts/facts.ts';

/** 22 November 2026, 14:30 in India. */
const NOW = Date.UTC(2026, 10, 22, 9);
const faults = collectFaults();
const read = factReader(loadFacts('intents', faults));
faults.throwIfAny();

describe('what a family has written need not be asked', () => {
  it.each([
    [
      'en',
      'My son Rahul Kumar is in Moscow, they took his passport. Last call was on 3 October 2025. My number is 98123 45678',
      {
        reporter_role: 'parent',
        person_name: 'Rahul Kumar',
        country_now: 'RU',
        place_text: 'Moscow',
        passport_status: 'taken',
        last_contact_date: '2025-10-03',
        reporter_phone: '+919812345678',
      },
    ],
    [
      'en',
      'my husband went to russia in january 2024 no call since 2 months, he signed contract',
      {
        reporter_role: 'spouse',
        country_now: 'RU',
        travel_date: '2024-01',
        last_contact_date: '~2026-09-23',
        contract_signed: 'yes',
      },
    ],
    [
      'en',
      'I am his wife, my name is Sunita Devi',
      { reporter_role: 'spouse', reporter_name: 'Sunita Devi' },
    ],
    [
      'hi-Latn',
      'mera bhai suresh rusia me hai 15 din se baat nahi hui passport chin liya agent ne',
      {
        reporter_role: 'sibling',
        person_name: 'suresh',
        country_now: 'RU',
        last_contact_date: '~2026-11-07',
        passport_status: 'taken',
      },
    ],
    [
      'hi-Latn',
      'bete ka naam gurpreet singh hai january me russia gaya 2 mahine se phone nahi aaya',
      {
        reporter_role: 'parent',
        person_name: 'gurpreet singh',
        country_now: 'RU',
        travel_date: '2026-01',
        last_contact_date: '~2026-09-23',
      },
    ],
    [
      'hi',
      'मेरा बेटा राहुल मॉस्को में है, पासपोर्ट छीन लिया है',
      {
        reporter_role: 'parent',
        person_name: 'राहुल',
        country_now: 'RU',
        place_text: 'मॉस्को',
        passport_status: 'taken',
      },
    ],
    [
      'hi',
      'मेरे पति यूक्रेन में हैं दो महीने से बात नहीं हुई',
      { reporter_role: 'spouse', country_now: 'UA', last_contact_date: '~2026-09-23' },
    ],
    [
      'pa',
      'ਮੇਰਾ ਪੁੱਤ ਰੂਸ ਵਿੱਚ ਹੈ, ਦੋ ਮਹੀਨੇ ਤੋਂ ਫ਼ੋਨ ਨਹੀਂ ਆਇਆ',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'pa-Latn',
      'mera veer russia vich hai passport kho lya',
      { reporter_role: 'sibling', country_now: 'RU', passport_status: 'taken' },
    ],
    [
      'ur',
      'میرا بھائی روس میں ہے، پاسپورٹ چھین لیا گیا',
      { reporter_role: 'sibling', country_now: 'RU', passport_status: 'taken' },
    ],
    [
      'gu',
      'મારો દીકરો રશિયામાં છે, બે મહિનાથી વાત થઈ નથી',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'mr',
      'माझा मुलगा रशियात आहे, दोन महिन्यांपासून फोन नाही',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'bn',
      'আমার ভাই রাশিয়ায় আছে, দুই মাস ধরে কথা হয়নি',
      { reporter_role: 'sibling', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'ta',
      'என் மகன் ரஷ்யாவில் இருக்கிறான், இரண்டு மாதமாக போன் இல்லை',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'te',
      'మా అబ్బాయి రష్యాలో ఉన్నాడు, రెండు నెలలుగా ఫోన్ లేదు',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'kn',
      'ನನ್ನ ಮಗ ರಷ್ಯಾದಲ್ಲಿ ಇದ್ದಾನೆ, ಎರಡು ತಿಂಗಳಿಂದ ಫೋನ್ ಇಲ್ಲ',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'ml',
      'എന്റെ മകൻ റഷ്യയിലാണ്, രണ്ട് മാസമായി ഫോൺ ഇല്ല',
      { reporter_role: 'parent', country_now: 'RU', last_contact_date: '~2026-09-23' },
    ],
    [
      'ml-Latn',
      'ente makan russiayil aanu passport pidichu vangi',
      { reporter_role: 'parent', country_now: 'RU', passport_status: 'taken' },
    ],
    [
      'te-Latn',
      'maa tammudu russia lo unnadu passport lakkunnaru',
      { reporter_role: 'sibling', country_now: 'RU', passport_status: 'taken' },
    ],
    [
      'en',
      'I am stuck in Rostov, I want to come home',
      { reporter_role: 'self', country_now: 'RU', place_text: 'Rostov' },
    ],
    [
      'hi-Latn',
      'mere chacha ka ladka donetsk me hai',
      { reporter_role: 'kin', country_now: 'UA', place_text: 'donetsk' },
    ],
  ])('%s: %s', (language, text, facts) => {
    expect(read(text, language, NOW)).toEqual(facts);
  });
});

describe('what is not plain is left to the form', () => {
  it.each([
    ['two relations', 'en', 'My son and my brother are both there'],
    ['an army, not a country', 'en', 'he is with the russian army'],
    ['whether to sign', 'en', 'they want him to sign a contract, should he'],
    ['what was not signed', 'en', 'the contract is not signed'],
    ["somebody else's call", 'en', 'the agent called yesterday'],
    ["somebody else's number", 'hi-Latn', 'uska number 9812345678 hai'],
    ['two numbers', 'en', 'call 9812345678 or 9898989898'],
    ['a date of nothing', 'en', 'on 3 march 2025'],
    ['a verb', 'en', 'he may not be safe'],
    ['a house in Hindi, a son in Malayalam', 'hi-Latn', 'makan bech diya'],
    ['a question', 'en', 'what should I do?'],
    ["the desk's own message", 'en', 'the last message from the desk was two weeks back'],
    ['tomorrow, which sounds like a call', 'hi', 'कल सुबह हमले में भेजेंगे'],
    ['a death, which sounds like March', 'hi-Latn', 'ek bolta mar gaya'],
    ['a word that sounds like a name', 'en', 'the file number, my name can wait'],
  ])('%s', (_, language, text) => {
    expect(read(text, language, NOW)).toEqual({});
  });

  it('never breaks, and never keeps a position', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const facts = read(`my son ${text} moscow ${text} 55.75580, 37.61730`, 'hi-Latn', NOW);
        expect(Object.values(facts).join(' ')).not.toContain('55.75');
      }),
      { numRuns: 200 },
    );
  });
});
