/**
 * The oldest n8n that is supported: where it is locked. On Node 24, like the newest: its engine for
 * expressions does not start on Node 20 unless N8N_EXPRESSION_ENGINE says `legacy`.
 */
export const OLDEST = { name: 'n8n-oldest' };
