import { describe, expect, it } from 'vitest';
import { alsoAsks, isClearQuestion, isCourtesy } from '../../../src/core/family/clear-question.ts';
import type { Routed } from '../../../src/core/family/routed.ts';
import { KNOWLEDGE } from '../../support/helpline-bench.ts';

const answer = (confidence: number): Routed => ({
  language: 'en',
  decision: 'answer',
  intent: 'passport-lost-seized',
  confidence,
  candidates: [],
  also: [],
  danger: { level: 'none', p: 0 },
});
const speeches = (language: string) => [KNOWLEDGE.speech(language), KNOWLEDGE.speech('en')];

/** In each way of writing: a question without a mark, the same kind of thing as news, and thanks. */
const SAID: [language: string, question: string, news: string, thanks: string][] = [
  ['en', 'what to do about the passport', 'his passport came back', 'thank you so much sir'],
  ['hi', 'पासपोर्ट कैसे बनेगा', 'उसका पासपोर्ट मिल गया', 'बहुत बहुत धन्यवाद सर'],
  ['hi-Latn', 'passport kaise banega', 'uska passport mil gaya', 'thik hai ji, dhanyavad'],
  ['ur', 'پاسپورٹ کیسے بنے گا', 'اس کا پاسپورٹ مل گیا', 'بہت شکریہ صاحب'],
  ['pa', 'ਪਾਸਪੋਰਟ ਕਿਵੇਂ ਬਣੂ', 'ਉਸਦਾ ਪਾਸਪੋਰਟ ਮਿਲ ਗਿਆ', 'ਬਹੁਤ ਧੰਨਵਾਦ ਜੀ'],
  ['pa-Latn', 'passport kiven banu', 'usda passport mil gya', 'sat sri akal ji, dhanwad'],
  ['gu', 'પાસપોર્ટ કેવી રીતે બનશે', 'એનો પાસપોર્ટ મળી ગયો', 'ખૂબ ખૂબ આભાર સાહેબ'],
  ['gu-Latn', 'passport kevi rite banshe', 'eno passport mali gayo', 'khub aabhar saheb'],
  ['mr', 'पासपोर्ट कसा मिळेल', 'त्याचा पासपोर्ट मिळाला', 'खूप धन्यवाद साहेब'],
  ['mr-Latn', 'passport kasa milel', 'tyacha passport milala', 'khup dhanyavad saheb'],
  ['bn', 'পাসপোর্ট কীভাবে পাব', 'ওর পাসপোর্ট পেয়ে গেছি', 'অনেক ধন্যবাদ স্যার'],
  ['bn-Latn', 'passport kivabe pabo', 'or passport peye gechi', 'onek dhonnobad sir'],
  ['ta', 'பாஸ்போர்ட் எப்படி கிடைக்கும்', 'அவன் பாஸ்போர்ட் கிடைத்துவிட்டது', 'ரொம்ப நன்றி சார்'],
  ['ta-Latn', 'passport eppadi kidaikkum', 'avan passport kidaithuvittadhu', 'romba nandri sir'],
  ['te', 'పాస్‌పోర్ట్ ఎలా వస్తుంది', 'అతని పాస్‌పోర్ట్ దొరికింది', 'చాలా ధన్యవాదాలు సార్'],
  ['te-Latn', 'passport ela vastundi', 'atani passport dorikindi', 'chala dhanyavadalu andi'],
  ['kn', 'ಪಾಸ್‌ಪೋರ್ಟ್ ಹೇಗೆ ಸಿಗುತ್ತದೆ', 'ಅವನ ಪಾಸ್‌ಪೋರ್ಟ್ ಸಿಕ್ಕಿತು', 'ತುಂಬಾ ಧನ್ಯವಾದಗಳು ಸರ್'],
  ['kn-Latn', 'passport hege sigutte', 'avana passport sikkitu', 'tumba dhanyavadagalu sir'],
  ['ml', 'പാസ്പോർട്ട് എങ്ങനെ കിട്ടും', 'അവന്റെ പാസ്പോർട്ട് കിട്ടി', 'വളരെ നന്ദി സാർ'],
  ['ml-Latn', 'passport engane kittum', 'avante passport kitti', 'valare nandi sir'],
];

describe.each(SAID)('in %s', (language, question, news, thanks) => {
  it('a question is known by its words, where the router is sure', () => {
    expect(isClearQuestion(question, answer(0.9), speeches(language))).toBe(true);
    expect(isClearQuestion(question, answer(0.7), speeches(language))).toBe(false);
  });

  it('news is no question, however sure the router is', () => {
    expect(isClearQuestion(news, answer(1), speeches(language))).toBe(false);
    expect(alsoAsks(news, answer(1), speeches(language))).toBe(false);
  });

  it('news beside a question is more than a question', () => {
    for (const both of [`${news}, ${question}`, `${news}. ${question}?`]) {
      expect(isClearQuestion(both, answer(1), speeches(language))).toBe(false);
      expect(alsoAsks(both, answer(1), speeches(language))).toBe(true);
    }
  });

  it('thanks alone are courtesy, and with news they are not', () => {
    expect(isCourtesy(`${thanks} 🙏`, speeches(language))).toBe(true);
    expect(isCourtesy(`${news}, ${thanks}`, speeches(language))).toBe(false);
    expect(isCourtesy(`${thanks}, ${news}`, speeches(language))).toBe(false);
  });

  it('is written at all: the language has its own words', () => {
    for (const key of ['words.question', 'words.courtesy'])
      expect(KNOWLEDGE.speech(language).label(key).split(',').length).toBeGreaterThan(15);
  });
});

it('a question mark needs no words, and no more than the router’s answer', () => {
  for (const mark of ['?', '؟'])
    expect(isClearQuestion(`passport lost${mark}`, answer(0.6), speeches('en'))).toBe(true);
  expect(isClearQuestion('passport lost?', { ...answer(1), decision: 'clarify' }, speeches('en'))).toBe(
    false,
  );
  expect(isClearQuestion('passport lost?', null, speeches('en'))).toBe(false);
});

it('a question after a greeting is a question', () => {
  expect(isClearQuestion('Hello sir, how long does it take', answer(0.9), speeches('hi-Latn'))).toBe(true);
});

it('who tells and asks in one long breath tells', () => {
  const long = 'mere bete ko kal police le gayi aur abhi tak koi khabar nahi aayi hum kya kare';
  expect(isClearQuestion(long, answer(1), speeches('hi-Latn'))).toBe(false);
});

it.each([
  'brother is fine',
  'bhai thik hai',
  'Ram thik hai',
  'yes',
  'haan',
  'help',
  'please help',
  '9876543210',
  '🙏🙏',
  'he called, thanks',
])('"%s" is no mere courtesy', (text) => {
  expect(isCourtesy(text, [KNOWLEDGE.speech('hi-Latn'), KNOWLEDGE.speech('en')])).toBe(false);
});

it.each([
  'they did not tell me what',
  'usne kaha ki paise bhejo',
  'I do not know where he is',
  'कहा था कि पैसे भेजो',
])('"%s" asks nothing', (text) => {
  const said = [KNOWLEDGE.speech('hi-Latn'), KNOWLEDGE.speech('en')];
  expect(isClearQuestion(text, answer(1), said)).toBe(false);
});
