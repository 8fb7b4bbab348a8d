/**
 * Front-line positions must never be collected: a place in words is enough. Requirement R4 of the do-no-harm rules.
 * Recognises decimal and degree coordinates, map links, geo URIs and military grid references.
 */
const PATTERNS = [
  /[-+]?\d{1,3}[.,]\d{3,}\s*[,;/ ]\s*[-+]?\d{1,3}[.,]\d{3,}/,
  /\d{1,3}\s*°\s*\d{0,2}/,
  /\bgeo:[-\d]/i,
  /(?:maps\.app\.goo\.gl|goo\.gl\/maps|google\.[a-z.]{2,6}\/maps|maps\.google\.|yandex\.[a-z]{2,3}\/maps|openstreetmap\.org|what3words\.com|maps\.apple\.com)/i,
  /\/{3}[\p{L}]+\.[\p{L}]+\.[\p{L}]+/u,
  /\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{4,10}\b/,
];

/** True when a text gives away an exact position. Texts are cut to 4,096 characters first. */
export const tellsPosition = (text: string): boolean => {
  const head = western(text.slice(0, 4096));
  return PATTERNS.some((pattern) => pattern.test(head));
};

/** The text with every exact position taken out, so that the rest of the words can be kept. */
export function withoutPosition(text: string): string {
  let kept = western(text);
  for (const pattern of PATTERNS) kept = kept.replace(new RegExp(pattern.source, `g${pattern.flags}`), '[…]');
  return kept.replace(/\S*\[…\]\S*/g, '[…]');
}

const ZEROS = [0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0x660, 0x6f0];

/** Digits of the Indian scripts and of Arabic and Urdu as 0-9; everything else as it is. */
export const western = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
