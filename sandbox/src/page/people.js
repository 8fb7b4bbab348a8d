/**
 * Invented families to try the helpline with. `language` is what they write in; `phone` is what their phone is set to.
 * @typedef {{ id: number, name: string, language: string, phone: string }} Person
 * @typedef {{ text: string, meaning?: string }} Sample
 */

/** @type {Person[]} */
export const seeded = [
  { id: 810001, name: 'Sunita Devi', language: 'hi-Latn', phone: 'en' },
  { id: 810002, name: 'रमेश कुमार', language: 'hi', phone: 'hi' },
  { id: 810003, name: 'Harpreet Kaur', language: 'pa', phone: 'pa' },
  { id: 810004, name: 'Lakshmi Rao', language: 'te', phone: 'te' },
  { id: 810005, name: 'Joseph Mathew', language: 'en', phone: 'en' },
  { id: 810006, name: 'عائشہ بیگم', language: 'ur', phone: 'ur' },
];

/** @type {Record<string, string>} */
export const languages = {
  'hi-Latn': 'Hinglish',
  hi: 'हिन्दी',
  pa: 'ਪੰਜਾਬੀ',
  te: 'తెలుగు',
  ta: 'தமிழ்',
  ml: 'മലയാളം',
  bn: 'বাংলা',
  gu: 'ગુજરાતી',
  kn: 'ಕನ್ನಡ',
  ur: 'اردو',
  en: 'English',
};

/** @type {Record<string, Sample[]>} */
const samples = {
  'hi-Latn': [
    {
      text: 'Mera bhai 3 mahine se Russia mein hai. Do hafte se uska phone band hai, koi khabar nahi.',
      meaning: 'Brother unreachable for two weeks',
    },
    {
      text: 'Helper ki naukri bolkar le gaye the, ab army mein daal diya. Passport bhi rakh liya hai.',
      meaning: 'Promised a job, put into the army',
    },
    {
      text: 'Aaj raat use front par bhej rahe hain, kuch kijiye!',
      meaning: 'Being sent to the front tonight',
    },
    {
      text: 'Agent bol raha hai 3 lakh do to ladka wapas aa jayega. Kya yeh sach hai?',
      meaning: 'An agent asks for money',
    },
    { text: 'Sarkar is baare mein kya kar rahi hai?', meaning: 'What is the government doing?' },
  ],
  hi: [
    { text: 'मेरा बेटा रूस गया था। दस दिन से उससे कोई बात नहीं हुई।', meaning: 'Son unreachable for ten days' },
    {
      text: 'उसका पासपोर्ट रख लिया है और ज़बरदस्ती काग़ज़ पर दस्तख़त करवाए हैं।',
      meaning: 'Passport taken, forced to sign',
    },
    { text: 'अस्पताल से फ़ोन आया कि उसे चोट लगी है। हम किससे बात करें?', meaning: 'A hospital called: he is hurt' },
    { text: 'शिकायत कैसे दर्ज करें? क्या इसमें पैसे लगते हैं?', meaning: 'How to report; does it cost anything?' },
  ],
  pa: [
    { text: 'ਮੇਰਾ ਪਤੀ ਰੂਸ ਵਿੱਚ ਹੈ। ਪੰਦਰਾਂ ਦਿਨਾਂ ਤੋਂ ਉਸਦਾ ਫ਼ੋਨ ਬੰਦ ਹੈ।', meaning: 'Husband unreachable for fifteen days' },
    {
      text: 'ਏਜੰਟ ਨੇ ਡਰਾਈਵਰ ਦੀ ਨੌਕਰੀ ਕਹੀ ਸੀ, ਪਰ ਉੱਥੇ ਫ਼ੌਜ ਵਿੱਚ ਭਰਤੀ ਕਰ ਲਿਆ।',
      meaning: 'Promised a driving job, taken into the army',
    },
    {
      text: 'Mera bhra Russia ch fas gaya ae, madad karo ji',
      meaning: 'Brother stuck (Punjabi in Latin letters)',
    },
    { text: 'ਸਰਕਾਰ ਉਹਨਾਂ ਨੂੰ ਵਾਪਸ ਲਿਆਉਣ ਲਈ ਕੀ ਕਰ ਰਹੀ ਹੈ?', meaning: 'What is being done to bring them back?' },
  ],
  te: [
    {
      text: 'మా తమ్ముడు ఉద్యోగం కోసం రష్యా వెళ్ళాడు. నెల రోజులుగా ఫోన్ కలవడం లేదు.',
      meaning: 'Brother unreachable for a month',
    },
    {
      text: 'సెక్యూరిటీ ఉద్యోగం అని చెప్పి సైన్యంలో చేర్చారు. పాస్‌పోర్ట్ కూడా తీసుకున్నారు.',
      meaning: 'Promised a guard’s job, put into the army',
    },
    { text: 'ఏజెంట్ ఇంకా డబ్బులు అడుగుతున్నాడు. ఇవ్వాలా?', meaning: 'The agent asks for more money' },
    { text: 'ఫిర్యాదు ఎలా చేయాలి?', meaning: 'How do I report this?' },
  ],
  ur: [
    {
      text: 'میرا بیٹا روس میں ہے اور تین ہفتوں سے اس کا فون بند ہے۔',
      meaning: 'Son unreachable for three weeks',
    },
    {
      text: 'ایجنٹ نے ہیلپر کی نوکری کا کہا تھا، اب فوج میں بھیج دیا ہے۔',
      meaning: 'Promised a job, sent to the army',
    },
    { text: 'ہم شکایت کہاں درج کرائیں؟', meaning: 'Where do we report this?' },
  ],
  en: [
    {
      text: 'My son went to Russia as a kitchen helper in August. We have not heard from him for three weeks.',
    },
    { text: 'They took his passport and made him sign a paper in Russian.' },
    { text: 'He just called. They are being taken to the front tonight. Please help now.' },
    { text: 'An agent wants 4 lakh rupees to bring him home. Is this genuine?' },
    { text: 'What has the Indian government done about this so far?' },
  ],
  ta: [
    {
      text: 'என் மகன் ரஷ்யாவில் இருக்கிறான். மூன்று வாரங்களாக அவனிடமிருந்து எந்தத் தகவலும் இல்லை.',
      meaning: 'Son unreachable for three weeks',
    },
  ],
  ml: [
    {
      text: 'എന്റെ സഹോദരൻ റഷ്യയിലാണ്. മൂന്ന് ആഴ്ചയായി ഒരു വിവരവുമില്ല.',
      meaning: 'Brother unreachable for three weeks',
    },
  ],
  bn: [
    {
      text: 'আমার ভাই রাশিয়ায় আছে। তিন সপ্তাহ ধরে তার কোনো খবর নেই।',
      meaning: 'Brother unreachable for three weeks',
    },
  ],
  gu: [
    {
      text: 'મારો દીકરો રશિયામાં છે. ત્રણ અઠવાડિયાથી તેની કોઈ ખબર નથી.',
      meaning: 'Son unreachable for three weeks',
    },
  ],
  kn: [{ text: 'ನನ್ನ ಮಗ ರಷ್ಯಾದಲ್ಲಿದ್ದಾನೆ. ಮೂರು ವಾರಗಳಿಂದ ಅವನ ಸುದ್ದಿ ಇಲ್ಲ.', meaning: 'Son unreachable for three weeks' }],
};

/** @param {string} language */
export const samplesFor = (language) => samples[language] ?? samples['en'] ?? [];

const first = (/** @type {string | undefined} */ word) =>
  word ? ([...new Intl.Segmenter().segment(word)][0]?.segment ?? '') : '';

/** The letters on a round picture: of the first and last word, whole characters in any script. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words.length > 1 && /^[A-Za-z]/.test(name) ? first(words[0]) + first(words.at(-1)) : first(words[0]);
}

/** One of eight colours, always the same for the same id. @param {string | number} id */
export function colourOf(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.charCodeAt(0)) % 8191;
  return sum % 8;
}

const ownKey = 'families';

/** Families that this browser added. @returns {Person[]} */
export function ownPeople() {
  try {
    /** @type {unknown} */
    const kept = JSON.parse(localStorage.getItem(ownKey) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** @param {Person[]} people */
export const keepOwnPeople = (people) => localStorage.setItem(ownKey, JSON.stringify(people));
