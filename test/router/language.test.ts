import { describe, expect, test } from 'vitest';
import { openLanguage, trainLanguage } from '../../src/router/language.ts';

const languageOf = openLanguage(trainLanguage([], 1));

describe('native scripts', () => {
  test.each([
    ['hi', 'मेरा भाई रूस में है'],
    ['mr', 'माझा भाऊ रशियाला गेला आहे'],
    ['pa', 'ਮੇਰਾ ਭਰਾ ਰੂਸ ਵਿੱਚ ਹੈ'],
    ['ur', 'میرا بھائی روس میں ہے'],
    ['gu', 'મારો ભાઈ રશિયામાં છે'],
    ['bn', 'আমার ভাই রাশিয়ায় আছে'],
    ['ta', 'என் தம்பி ரஷ்யாவில் இருக்கிறான்'],
    ['te', 'మా తమ్ముడు రష్యాలో ఉన్నాడు'],
    ['kn', 'ನನ್ನ ತಮ್ಮ ರಷ್ಯಾದಲ್ಲಿದ್ದಾನೆ'],
    ['ml', 'എന്റെ അനിയൻ റഷ്യയിലാണ്'],
    ['hi', 'agent ने passport ले लिया'],
    ['hi', 'बेटे को कब छोड़ेंगे'],
    ['mr', 'मुलाला कधी सोडतील'],
    ['mr', 'पासपोर्ट हरवला आहे'],
    ['mr', 'एजंटने फसवले'],
  ])('%s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });
});

describe('typed in Latin letters', () => {
  test.each([
    ['hi-Latn', 'bete ka phone band aa raha hai kya karu'],
    ['pa-Latn', 'mere puttar da phone band hai ki kariye'],
    ['gu-Latn', 'mara dikra no phone bandh chhe shu karvu'],
    ['mr-Latn', 'majhya mulacha phone band aahe kay karu'],
    ['bn-Latn', 'amar cheler phone bondho ache ki korbo'],
    ['ta-Latn', 'en paiyan phone off la irukku enna panrathu'],
    ['te-Latn', 'maa abbayi phone switch off undi emi cheyali'],
    ['kn-Latn', 'nanna magana phone off aagide enu madali'],
    ['ml-Latn', 'ente makante phone off aanu enthu cheyyum'],
    ['ur-Latn', 'mere betay ka phone band hay hukumat ne koi iqdam nahi kiya'],
    ['en', 'his phone is off, what can we do?'],
  ])('%s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });
});

test('Hindi and Marathi stay apart, and what could be either stays in the one the person uses', () => {
  expect(languageOf('पासपोर्ट', 'mr')).toBe('mr');
  expect(languageOf('पासपोर्ट', 'hi')).toBe('hi');
  expect(languageOf('मुझे नहीं पता वह कहाँ है', 'mr')).toBe('hi');
});

test('a text without letters has no language of its own', () => {
  expect(languageOf('12345 👍')).toBeNull();
});

test('a doubtful word stays in the language the person uses', () => {
  expect(languageOf('passport')).toBe('en');
  expect(languageOf('mera bhai', 'pa-Latn')).toBe('pa-Latn');
  expect(languageOf('mera bhai', 'ml')).not.toBe('ml');
});
