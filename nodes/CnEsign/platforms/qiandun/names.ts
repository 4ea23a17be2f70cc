export const PLATFORM = 'qiandun';
export const NAME = 'Qiandun';
