/** @param {number} count */
export const counted = (count) => (count === 1 ? '1 reply' : `${count} replies`);
