/** A text with its percent-encoding decoded; as it is where a percent sign stands for itself. */
export function uriDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
