import { describe, expect, test } from 'vitest';
import { findUnsafe } from '../../src/intents/unsafe-text.ts';

describe('an answer may not hold', () => {
  test.each([
    ['a take-up nobody made', 'We have raised your case with Russia.', 'raised with Russia'],
    ['the same in Hindi', 'हमने रूस के सामने मामला उठाया है।', 'raised with Russia'],
    ['the same in romanised Hindi', 'Humne Russia ke saamne mamla uthaya hai.', 'raised with Russia'],
    ['a promised release', 'He will be released next month.', 'promises a release'],
    ['a promised rescue', 'Do not worry, we will bring him home.', 'promises a release'],
    ['a promised return in Hindi', 'वह जल्दी वापस आ जाएगा।', 'promises a release'],
    ['a promise in romanised Hindi', 'Woh jaldi riha ho jayega.', 'promises a release'],
    ['advice to run', 'He should try to leave the unit at night.', 'advises leaving'],
    ['advice to surrender in Hindi', 'वह सरेंडर कर दे।', 'advises leaving'],
    ['a wish for photos', 'Please send us a photo of the passport.', 'asks for photos'],
    ['a wish for photos in Hindi', 'पासपोर्ट की फ़ोटो भेजें।', 'asks for photos'],
    ['a wish for photos in romanised Hindi', 'Passport ki photo bhej dein.', 'asks for photos'],
    ['a wish for photos in Tamil', 'பாஸ்போர்ட் புகைப்படம் அனுப்புங்கள்.', 'asks for photos'],
    ['a wish for photos in Bengali', 'পাসপোর্টের ছবি পাঠান।', 'asks for photos'],
    ['a promised return in Urdu', 'وہ جلد واپس آ جائے گا۔', 'promises a release'],
    ['a promised return in Telugu', 'అతను తిరిగి వస్తాడు.', 'promises a release'],
    ['a wish for a location in Punjabi', 'ਉਸਦੀ ਲੋਕੇਸ਼ਨ ਭੇਜੋ।', 'asks for a location'],
    ['a wish for a location', 'Share his location with us.', 'asks for a location'],
    ['a wish for a location in Hindi', 'उनकी लोकेशन भेजिए।', 'asks for a location'],
    ['a death as a fact', 'We are sorry, your son was killed.', 'tells of a death'],
    ['a phone number', 'Call +91 98765 43210.', 'phone number'],
    ['a phone number in Devanagari digits', 'फ़ोन: ९८७६५ ४३२१०', 'phone number'],
    ['a phone number in Tamil digits', 'எண் ௯௮௭௬௫௪௩௨௧௦', 'phone number'],
    ['an emergency code', 'In India dial 112.', 'phone number'],
    ['an emergency code in Bengali digits', '১১২ নম্বরে ফোন করুন', 'phone number'],
  ])('%s', (_, line, why) => {
    expect(findUnsafe(line)).toEqual([expect.stringContaining(why)]);
  });
});

test.each([
  'We cannot promise a release or a date.',
  'Do not send photos or maps here.',
  'Never share his location with anyone.',
  'We cannot advise him to surrender.',
  'As of 2026-11-22, 202 men were known; 1,167 came home from Cambodia.',
  'The fee is at most ₹30,000 plus GST.',
  '[MADAD](https://www.madad.gov.in/AppConsular/1234567)',
  'अपने पासपोर्ट की फ़ोटो किसी को न भेजें।',
  'ফটো পাঠাবেন না।',
  'ಫೋಟೋ ಕಳುಹಿಸಬೇಡಿ.',
])('is safe: %s', (line) => {
  expect(findUnsafe(line)).toEqual([]);
});
