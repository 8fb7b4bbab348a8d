/** Telegram counts text in Unicode code points (its entities in UTF-16 units). */
export const codePoints = (text: string): string[] => Array.from(text);
