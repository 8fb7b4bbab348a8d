/** An unguessable name for something short-lived: 128 bits in URL-safe letters. */
export const randomToken = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(16)).toString('base64url');
