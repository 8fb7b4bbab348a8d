/** ISO 3166-1 alpha-2 codes. */
const CODES =
  'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KM KN KP KR KW KZ LA LB LC LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PS PT PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW'.split(
    ' ',
  );

const SPOKEN: Record<string, string> = {
  ru: 'RU',
  ua: 'UA',
  roos: 'RU',
  rus: 'RU',
  rusia: 'RU',
  rasia: 'RU',
  russian: 'RU',
  moscow: 'RU',
  masko: 'RU',
  rooss: 'RU',
  rsia: 'RU',
  रशिया: 'RU',
  मास्को: 'RU',
  मॉस्को: 'RU',
  ukrain: 'UA',
  yukrain: 'UA',
  ukren: 'UA',
  dubai: 'AE',
  uae: 'AE',
  दुबई: 'AE',
  burma: 'MM',
  बर्मा: 'MM',
  usa: 'US',
  america: 'US',
  uk: 'GB',
  england: 'GB',
  london: 'GB',
  saudi: 'SA',
  सऊदी: 'SA',
};

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{Z}]+/gu, ' ')
    .trim();

const HOME = 'IN';

const names = new Map<string, Map<string, string>>();

function namesIn(language: string): Map<string, string> {
  const known = names.get(language);
  if (known) return known;
  const display = new Intl.DisplayNames([language], { type: 'region' });
  const fresh = new Map(CODES.map((code) => [fold(display.of(code) ?? code), code]));
  names.set(language, fresh);
  return fresh;
}

/** The ISO code of a country that somebody typed, in the language or in English, or null. Short sentences are searched. */
export function countryFrom(text: string, language: string): string | null {
  const head = text.slice(0, 200);
  const typed = fold(head);
  // A code only in capitals: "no" is not Norway, and "in" is not India.
  if (/^[A-Z]{2}$/.test(head.trim()) && CODES.includes(head.trim())) return head.trim();
  const words = typed.split(' ');
  for (const lookup of [namesIn(language.split('-')[0] ?? 'en'), namesIn('en')]) {
    const whole = lookup.get(typed);
    if (whole) return whole;
    const found: string[] = [];
    for (let size = 3; size > 0; size -= 1)
      for (let i = 0; i + size <= words.length; i += 1) {
        const code = lookup.get(words.slice(i, i + size).join(' '));
        if (code) found.push(code);
      }
    // "He went from India to Russia": home is hardly ever what was asked for.
    const [best] = [...found.filter((code) => code !== HOME), ...found];
    if (best) return best;
  }
  for (const word of words) if (SPOKEN[word]) return SPOKEN[word];
  return null;
}

/** True of the codes that are known here. */
export const isCountry = (code: string): boolean => CODES.includes(code);

/** A country's name for people. Unknown codes come back as they are. */
export const countryName = (code: string, language: string): string =>
  CODES.includes(code)
    ? (new Intl.DisplayNames([language.split('-Latn')[0] === language ? language : 'en'], {
        type: 'region',
      }).of(code) ?? code)
    : code;
