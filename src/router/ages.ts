/** Years and age in Latin letters. A number without them is a date, a flat or a lane. */
const YEARS = new Set(
  `years year yrs yr yo old age aged saal sal saalon salan salon varas varsh varsha varshada varshacha varshachi varshache varis barsh baras bochor bachor bochhor bochorer umar umr umra umur umer ayu aayu vay vayas vayasu vayass vayassu vayassina vayasulla vayasaina boyos boyosh bayas boyesh vayadhu vayathu vayadu prayam minor nabalig nabaalig under only sirf just barely`.split(
    ' ',
  ),
);
/** The same in other scripts, which join endings to the word. */
const YEARS_NATIVE =
  'साल वर्ष वर्षा बरस उम्र आयु वय सिर्फ केवल नाबालिग ਸਾਲ ਵਰ੍ਹ ਉਮਰ ਸਿਰਫ ਨਾਬਾਲਗ વર્ષ વરસ ઉંમર ઉમર ફક્ત বছর বয়স বয়স বয়েস বর্ষ মাত্র வயது வயசு வருஷ వయసు వయస్సు ఏళ్ల ఏళ్ళ సంవత్సరాల ఏండ్ల ವಯಸ್ ವರ್ಷ ವಯಸ വയസ് പ്രായ سال عمر صرف نابالغ برس'.split(
    ' ',
  );
/** A child, right beside the number: "a girl 17". */
const CHILD = new Set('boy boys girl girls child kid student por'.split(' '));
const CHILD_BEGINS =
  'schoolgirl ladka ladki larka larki bachcha bachchi bacha bachi bache launda munda munde kudi chokro chokri mulga mulgi porga chele meye payan paiyan pulla pilla pillodu hudug kochu लड़का लड़की बच्चा बच्ची ਮੁੰਡਾ ਕੁੜੀ मुलगा मुलगी છોકર ছেলে মেয়ে பையன் பொண்ணு అబ్బాయి అమ్మాయి ಹುಡುಗ കുട്ടി لڑکا لڑکی'.split(
    ' ',
  );
/** "16 ka hai", "16 cha mulga": whose, and then that he is it. */
const OF = new Set('ka ki da di no ni cha chi ch का की ਦਾ ਦੀ નો ની चा ची کا کی'.split(' '));
const IS = new Set(
  'hai h he hain tha thi hu hun hoon aa a ae ahe aahe che chhe hua है हैं था थी हूँ हूं ਹੈ ਆ ਆਂ છે आहे ہے ہوں'.split(
    ' ',
  ),
);
/** "He is 16", "I am 17". */
const AM = new Set(['is', 'am', 's', 'm']);
const SOMEBODY = new Set(
  'he she i who boy girl son daughter brother sister nephew niece cousin child kid'.split(' '),
);
const MONTH =
  /^(?:jan|feb|mar(?:ch)?$|apr|may$|jun|jul|aug|sep|oct|nov|dec|tarikh|tareekh|date|जन|फर|मार्च|अप्रैल|मई|जून|जुलाई|अग|सित|अक्|नव|दिस|तारीख)/u;
const NEAR = 2;

/** True when the number at that place among the words (lower-case, as they stand) is told as somebody's age. */
export function isAge(words: readonly string[], at: number): boolean {
  const next = words[at + 1] ?? '';
  const before = words[at - 1] ?? '';
  if (MONTH.test(next)) return false;
  const near = [...words.slice(Math.max(0, at - NEAR), at), ...words.slice(at + 1, at + 1 + NEAR)];
  if (near.some((word) => YEARS.has(word) || begins(word, YEARS_NATIVE))) return true;
  if (isChild(next) || isChild(before)) return true;
  if (OF.has(next)) {
    const after = words[at + 2] ?? '';
    return IS.has(after) || isChild(after);
  }
  return AM.has(before) && SOMEBODY.has(words[at - 2] ?? '');
}

const begins = (word: string, beginnings: readonly string[]): boolean =>
  beginnings.some((beginning) => word.startsWith(beginning));

const isChild = (word: string): boolean => CHILD.has(word) || begins(word, CHILD_BEGINS);
