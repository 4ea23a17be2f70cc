export const PLATFORM = 'kaifangqian';
export const NAME = 'Kaifangqian';
