/**
 * Front-line positions must never be collected: a place in words is enough. Requirement R4 of the do-no-harm rules.
 * Recognises decimal and degree coordinates, map links, geo URIs and military grid references.
 */
const DEGREE = String.raw`(?<![\d.,])[-+]?\d{1,3}\.\d{3,}`;
/** The comma may be a decimal point as well, but then three digits after it are thousands: "50,000". */
const COMMA_DEGREE = String.raw`(?<![\d.,])[-+]?\d{1,3},\d{4,}`;
/** "10.2024" is a month of a year. */
const NOT_A_MONTH = String.raw`(?!(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d))`;
const BETWEEN = String.raw`[^\d\n]{1,15}?`;

const PATTERNS = [
  new RegExp(`${NOT_A_MONTH}${DEGREE}${BETWEEN}${DEGREE}(?![\\d]*[.,]\\d)`),
  new RegExp(`${COMMA_DEGREE}${BETWEEN}${COMMA_DEGREE}`),
  // One number alone, with as many digits as a map gives.
  /(?<![\d.,+])-?\d{1,3}\.\d{5,8}(?!\d|[.,]\d)/,
  // 48°20′, 48° N; a fever of 39 °C is none.
  /\d{1,3}\s*[°º]\s*(?:\d{1,2}|[NSEW]\b)/,
  /\b\d{1,3}\s\d{1,2}\s\d{1,2}(?:\.\d+)?\s?[NS]\b/,
  /\bgeo:[-\d]/i,
  /(?:maps\.app\.goo\.gl|goo\.gl\/maps|google\.[a-z.]{2,6}\/maps|maps\.google\.|yandex\.[a-z]{2,3}\/maps|maps\.yandex\.|openstreetmap\.org|what3words\.com|w3w\.co\/|maps\.apple\.com)/i,
  /\/{3}[\p{L}\p{M}]+\.[\p{L}\p{M}]+\.[\p{L}\p{M}]+/u,
  // Only bands of the northern half: in the others "12K" is money and "3C" stands on a number plate.
  /\b\d{1,2}[N-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b/,
  /\b\d{1,2}[n-x][a-hj-np-z]{2}\d{4,10}\b/,
];

/** True when a text gives away an exact position. Texts are cut to 4,096 characters first. */
export const tellsPosition = (text: string): boolean => {
  const head = western(text.slice(0, 4096));
  return PATTERNS.some((pattern) => pattern.test(head));
};

/** The text with every exact position taken out, so that the rest of the words can be kept; any other text as it is. */
export function withoutPosition(text: string): string {
  const plain = western(text);
  const kept = PATTERNS.reduce(
    (rest, pattern) => rest.replace(new RegExp(pattern.source, `g${pattern.flags}`), CUT),
    plain,
  );
  if (kept === plain) return text;
  return kept
    .split(/(\s+)/)
    .map((word) => (word.includes(CUT) ? CUT : word))
    .join('');
}

const CUT = '[…]';
const ZEROS = [0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0x660, 0x6f0];

/** Digits of the Indian scripts and of Arabic and Urdu as 0-9; everything else as it is. */
export const western = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
