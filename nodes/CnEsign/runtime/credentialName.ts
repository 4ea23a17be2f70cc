/** The credential type of both platforms. */
export const CREDENTIAL = 'cnEsignApi';
