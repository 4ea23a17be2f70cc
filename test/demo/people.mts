/** Who signs in the demo. The platform has no account of theirs, and needs none. */
export const LI_SI = { name: '李四', contact: '13900139000' };
export const WANG_WU = { name: '王五', contact: '13700137000' };
