export interface ScanResult {
	ok: boolean;
	/** What the scanner found; empty when nothing. */
	report: string;
}

export declare const scanTree: (leg: 'source' | 'tarball', directory: string) => ScanResult;
