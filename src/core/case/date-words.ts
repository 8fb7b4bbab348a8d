/**
 * Words for dates as families in India write them, in the scripts of the helpline's languages and in Latin letters. A
 * word that ends in `*` may go on: many languages put "since" and "before" at its end. Months whose names
 * are short or mean something else ("may", "mar") stand without it.
 */
const MONTHS: readonly string[] = [
  'jan january janvari* janwari* januari* janevari* जन जनवरी* जानेवारी* ਜਨ ਜਨਵਰੀ* جنوری જાન્યુઆરી* జనవరి* ജനുവരി* ஜனவரி* জানুয়ারি* জানুয়ারি* ಜನವರಿ*',
  'feb february farvari* farwari* februari* febravari* phebruvari* फर फरवरी* फ़रवरी* फेब्रुवारी* ਫਰ ਫਰਵਰੀ* ਫ਼ਰਵਰੀ* فروری ફેબ્રુઆરી* ఫిబ్రవరి* ഫെബ്രുവരി* பிப்ரவரி* ফেব্রুয়ারি* ফেব্রুয়ারি* ಫೆಬ್ರವರಿ*',
  'mar march maarch मार्च* ਮਾਰਚ* مارچ માર્ચ* మార్చి* മാർച്ച* மார்ச்* মার্চ* ಮಾರ್ಚ್*',
  'apr april* aprail* epril* अप्रैल* एप्रिल* ਅਪ੍ਰੈਲ* اپریل એપ્રિલ* ఏప్రిల్* ഏപ്രിൽ* ഏപ്രിലി* ஏப்ரல்* এপ্রিল* ಏಪ್ರಿಲ್*',
  'may मई मे ਮਈ مئی મે మే മേയ് மே মে ಮೇ',
  'jun june joon जून ਜੂਨ* جون જૂન* జూన్* ജൂൺ* ஜூன்* জুন ಜೂನ್*',
  'jul july* julai* जुलाई* जुलै* ਜੁਲਾਈ* جولائی જુલાઈ* జులై* జూలై* ജൂലൈ* ஜூலை* জুলাই* ಜುಲೈ*',
  'aug august* agast* agust* अगस्त* ऑगस्ट* ਅਗਸਤ* اگست ઑગસ્ટ* ઓગસ્ટ* ఆగస్టు* ఆగష్టు* ഓഗസ്റ്റ* ஆகஸ்ட்* আগস্ট* ಆಗಸ್ಟ್*',
  'sep sept september* sitambar* septembar* सितंबर* सितम्बर* सप्टेंबर* ਸਤੰਬਰ* ستمبر સપ્ટેમ્બર* సెప్టెంబర్* സെപ്റ്റംബർ* സെപ്റ്റംബറി* செப்டம்பர்* সেপ্টেম্বর* ಸೆಪ್ಟೆಂಬರ್*',
  'oct october* aktubar* aktoobar* aktober* अक्टूबर* अक्तूबर* ऑक्टोबर* ਅਕਤੂਬਰ* اکتوبر ઑક્ટોબર* ઓક્ટોબર* అక్టోబర్* ഒക്ടോബർ* ഒക്ടോബറി* அக்டோபர்* অক্টোবর* ಅಕ್ಟೋಬರ್*',
  'nov november* navambar* नवंबर* नवम्बर* नोव्हेंबर* ਨਵੰਬਰ* نومبر નવેમ્બર* నవంబర్* നവംബർ* നവംബറി* நவம்பர்* নভেম্বর* ನವೆಂಬರ್*',
  'dec december* disambar* dicember* दिसंबर* दिसम्बर* डिसेंबर* ਦਸੰਬਰ* دسمبر ડિસેમ્બર* డిసెంబర్* ഡിസംബർ* ഡിസംബറി* டிசம்பர்* ডিসেম্বর* ಡಿಸೆಂಬರ್*',
];

const UNITS: readonly (readonly [days: number, words: string])[] = [
  [
    1,
    'day days din dino dinon dinan divas* roju* rojulu* divasam* naal naala naalai naatkal* naalla naal* dina* दिन दिनों दिनां दिवस* ਦਿਨ* دن دنوں દિવસ* રોજ రోజు* ദിവസ* நாள்* நாட்க* দিন* ದಿನ*',
  ],
  [
    7,
    'week weeks hafta hafte haftey hafton athavad* aathavad* varam* vaaram* vaara* saptah* soptah* हफ्ते हफ्ता हफ़्ते हफ़्ता हफ्तों सप्ताह आठवड* ਹਫ਼ਤ* ਹਫਤ* ہفتے ہفتہ ہفتوں અઠવાડિ* વાર* వారం వారాల* വാര* ആഴ്ച* வார* সপ্তাহ* ವಾರ*',
  ],
  [
    30,
    'month months mahina mahine mahino mahinon maheene mahinyan* mahinya* mahino* nela* nelalu* masam* maasam* maasa* masa* mash maash tingal* tingalu* महीने महीना महीनों माह महिन* ਮਹੀਨ* مہینے مہینہ مہینوں મહિન* મહીન* నెల* മാസ* மாத* মাস* ಮಾಸ* ತಿಂಗಳ*',
  ],
  [
    365,
    'year years saal sal salan varsh* varsha* varusham* varudam* bochor* bachhar* वर्ष साल सालों वर्षां* वर्षे ਸਾਲ* سال સાલ વર્ષ* సంవత్సర* ఏడాది* വർഷ* വര്‍ഷ* ஆண்டு* வருட* বছর* ವರ್ಷ*',
  ],
];

const DAYS_AGO: readonly (readonly [days: number, words: string])[] = [
  [
    0,
    'today aaj aj ajj innu inniki eeroju ivattu indru inru innaikku आज ਅੱਜ آج આજે આજ ఈరోజు ఇవాళ ഇന്ന് இன்று இன்னைக்கு আজ আজকে ಇಂದು ಇವತ್ತು',
  ],
  [
    1,
    'yesterday kal kaal gaikale innale ninna ninne netru nethu nettu goto gotokal kalke कल काल ਕੱਲ੍ਹ ਕੱਲ کل ગઈકાલે ગઇકાલે నిన్న ഇന്നലെ நேற்று நேத்து গতকাল কালকে ನಿನ್ನೆ',
  ],
  [
    2,
    'parso parson parva monna mondi minjaannu mineannu munthanethu parshu poroshu परसों परवा ਪਰਸੋਂ پرسوں પરમદિવસે మొన్న മിനിഞ്ഞാന്ന് முந்தாநாள் পরশু ಮೊನ್ನೆ',
  ],
];

const NUMBERS: readonly (readonly [number: number, words: string])[] = [
  [
    1,
    'last pichle pichhle ek one a oka okka oru ondu gelya gata goto पिछले एक गेल्या मागील ਪਿਛਲੇ ਇੱਕ ਇਕ پچھلے ایک એક ગયા ఒక ഒരു കഴിഞ്ഞ ஒரு கடந்த এক গত ಒಂದು ಕಳೆದ',
  ],
  [2, 'do two don be rendu randu irandu eradu dui दो दोन ਦੋ دو બે రెండు രണ്ട് രണ്ടു இரண்டு ரெண்டு দুই দু ಎರಡು'],
  [
    3,
    'teen tin tinn three tran moodu mudu moonu munnu mooru tinte तीन ਤਿੰਨ تین ત્રણ మూడు മൂന്ന് മൂന്നു மூன்று மூணு তিন ಮೂರು',
  ],
  [4, 'char chaar four naalugu nalu naal nalku चार ਚਾਰ چار ચાર నాలుగు നാല് നാലു நான்கு நாலு চার ಚಾರ ನಾಲ್ಕು'],
  [
    5,
    'paanch panch panj five pach aidu anju ainthu paach पांच पाँच पाच ਪੰਜ پانچ પાંચ ఐదు അഞ്ച് അഞ്ചു ஐந்து அஞ்சு পাঁচ ಐದು',
  ],
  [6, 'chhe che cheh six sahaa aaru aru choy chhoy छह छः सहा ਛੇ چھ છ ఆరు ആറ് ആറു ஆறு ছয় ছয় ಆರು'],
];

type Find = (word: string) => number | undefined;

/** Looks a word up: whole, or by the beginning that is listed. */
function finder(table: readonly (readonly [number, string])[]): Find {
  const whole = new Map<string, number>();
  const starts: [string, number][] = [];
  for (const [value, words] of table)
    for (const word of words.normalize('NFC').split(' '))
      if (word.endsWith('*')) starts.push([word.slice(0, -1), value]);
      else whole.set(word, value);
  return (word) => whole.get(word) ?? starts.find(([start]) => word.startsWith(start))?.[1];
}

/** The month, 1..12, that a word names. */
export const monthNamed: Find = finder(MONTHS.map((words, at) => [at + 1, words]));
/** Days of the unit that a word names: day, week, month, year. */
export const unitNamed: Find = finder(UNITS);
/** 0 for today, 1 for yesterday, 2 for the day before. */
export const daysAgoNamed: Find = finder(DAYS_AGO);
/** 1..6 for a number in words. */
export const numberNamed: Find = finder(NUMBERS);
