/** A text as people search it, as the server does: whatever the case, with or without accents. */
export const folded = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]+/g, '').toUpperCase();
