/** Where the buttons of the console post to. */
export const ACTION_FORM = '/console/action';
export const REDELIVER_FORM = '/console/redeliver';

export type Action = 'sign' | 'status' | 'person' | 'company';
