/** Said about a link that only the server itself could open (docs/api/kaifangqian.md, 6.11). */
export const NO_ADDRESS =
	"The link begins with localhost, because the installation's own address is not set. Nobody else can open it: let whoever runs the installation set its address.";

/** Whether a link points to the machine that it is opened on. */
export const pointsNowhere = (link: unknown): boolean =>
	typeof link === 'string' && URL.canParse(link) && new URL(link).hostname === 'localhost';

/** `note` for an output with this link, where there is something to say. */
export const linkNote = (link: unknown): { note?: string } =>
	pointsNowhere(link) ? { note: NO_ADDRESS } : {};
