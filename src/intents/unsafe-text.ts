/** What no answer may say, in any language: the rule and the words that break it. */
const rules: readonly { why: string; pattern: RegExp }[] = [
  {
    why: 'says or implies "raised with Russia": only staff may set that',
    pattern:
      /\b(?:we|i)(?:'ve| have| has)? (?:raised|taken (?:it|this|your case) up|told russia)\b|raised (?:it |this |your case )?with (?:the )?russia|रूस (?:के सामने|से) (?:मामला |आपका मामला )?उठाया|russia (?:ke saamne|se) (?:mamla )?uthaya/iu,
  },
  {
    why: 'promises a release, a return or a date: promise only that a person will read',
    pattern:
      /\b(?:he|she|they|your (?:son|brother|husband|relative)) (?:will|shall) (?:soon )?(?:be (?:released|freed|back|home|discharged|sent home|safe)|come (?:back|home)|return)\b|\bwe (?:will|shall|'ll) (?:bring|get|free|release|rescue) (?:him|her|them)\b|(?:रिहा|आज़ाद) हो जाए(?:गा|गी|ंगे|ँगे)|वापस (?:आ|लौट) जाए(?:गा|गी|ंगे|ँगे)|(?:riha|azad|wapas|vapas) (?:ho|aa|laut) ja(?:ye|e|aye)ga|ਰਿਹਾਅ? ਹੋ ਜਾਵੇਗਾ|ਵਾਪਸ ਆ ਜਾਵੇਗਾ|رہا ہو جائے گا|واپس آ جائے گا|છૂટી જશે|પાછો આવી જશે|విడుదల అవుతాడు|తిరిగి వస్తాడు|മോചിതനാകും|തിരിച്ചുവരും|விடுதலை ஆவார்|திரும்பி வருவார்|মুক্তি পাবে(?! কি)|ফিরে আসবে(?! কি)|ಬಿಡುಗಡೆ ಆಗುತ್ತಾನೆ|ಹಿಂತಿರುಗುತ್ತಾನೆ|सुटका होईल|परत येईल/iu,
  },
  {
    why: 'advises leaving a unit or surrendering: no step of that may ever be given',
    pattern:
      /\b(?:he|they|your (?:son|brother|husband)|you) (?:should|can|could|must) (?:try to )?(?:run|escape|desert|flee|surrender|leave (?:the|his) (?:unit|camp|post))\b|(?:भाग|सरेंडर कर|आत्मसमर्पण कर) (?:जाए|जाएँ|जाओ|दे|दें|ले|लें|सकता है|सकते हैं)(?![\p{L}\p{M}])|\b(?:bhag|surrender kar) (?:jaye|jao|jaayen|de|le|sakta hai)\b/iu,
  },
  {
    why: 'asks for photos of papers: papers go only where the desk says',
    pattern:
      /(?<!not |n't |never |or )\b(?:please )?(?:send|share|upload|post) (?:us |me |here |a |his |your |the )*(?:photos?|pictures?|scans?|images?|videos?)\b(?! only)|(?:फ़ोटो|फोटो|तस्वीर|स्कैन)(?: यहाँ)? (?:भेजें|भेजिए|भेज दीजिए|भेज दें)|\b(?:photo|tasveer|scan)(?: yahan)? (?:bhejein|bhejen|bhejiye|bhej dein|bhej do)\b|(?:ਫੋਟੋ|ਫ਼ੋਟੋ|ਤਸਵੀਰ) ਭੇਜੋ|(?:فوٹو|تصویر) بھیج(?:یں|یے)|ફોટો મોકલો(?! નહીં)|ఫోటో(?:లు)? పంపండి|ഫോട്ടോ അയ(?:ക്കൂ|ക്കുക)|(?:புகைப்படம்|போட்டோ) அனுப்பு(?:ங்கள்|ங்க)|(?:ছবি|ফটো) পাঠান(?! না)|ಫೋಟೋ ಕಳುಹಿಸಿ(?![\p{L}\p{M}])|फोटो पाठवा/iu,
  },
  {
    why: 'asks for a location or coordinates: never ask where a man stands at the front',
    pattern:
      /(?<!not |n't |never |or )\b(?:send|share|give|tell) (?:us |me |here |his |your |the |exact |live )*(?:location|coordinates|position|gps)\b|(?:लोकेशन|स्थान|ठिकाना) (?:भेजें|भेजिए|बताएँ|बताइए)|\blocation (?:bhejein|bhejen|bhejiye|batayein|bataiye)\b|ਲੋਕੇਸ਼ਨ (?:ਭੇਜੋ|ਦੱਸੋ)|لوکیشن (?:بھیجیں|بتائیں)|લોકેશન મોકલો(?! નહીં)|లొకేషన్ పంపండి|ലൊക്കേഷൻ അയ(?:ക്കൂ|ക്കുക)|லொகேஷன் அனுப்பு(?:ங்கள்|ங்க)|লোকেশন পাঠান(?! না)|ಲೊಕೇಶನ್ ಕಳುಹಿಸಿ(?![\p{L}\p{M}])|लोकेशन पाठवा/iu,
  },
  {
    why: 'tells of a death as a fact: only a person may do that',
    pattern: /\b(?:he|she|your (?:son|brother|husband|relative)) (?:is dead|has died|was killed|died)\b/iu,
  },
];

const day = /\b\d{4}-\d{2}-\d{2}\b/g;
const longNumber = /\+?\p{Nd}(?:[\s().-]?\p{Nd}){5,}/u;
const shortCode =
  /(?<![\p{Nd},.₹-])(?:100|112|117|181|1098|1930|14416|14433|15100)(?![\p{Nd},.]\p{Nd}|\p{Nd})/u;

const asciiDigits = (text: string): string =>
  text.replaceAll(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 48;
    // Every block of decimal digits stands in a run of ten that begins at its zero.
    let zero = point;
    while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(point - zero);
  });

/** Every rule a line of an answer breaks, each as what is wrong and what to do. Empty when it is safe to show. */
export function findUnsafe(line: string): string[] {
  const text = line.replaceAll('’', "'");
  const found = rules.filter((rule) => rule.pattern.test(text)).map((rule) => rule.why);
  const numbers = asciiDigits(text)
    .replaceAll(/\]\([^)]*\)|\{\{.*?\}\}/g, ' ')
    .replaceAll(day, ' ');
  if (longNumber.test(numbers) || shortCode.test(numbers))
    found.push('holds what looks like a phone number: put it into _contacts.yaml and write {{contact:id}}');
  return found;
}
