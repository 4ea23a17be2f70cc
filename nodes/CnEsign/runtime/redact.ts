// What must never leave through a message: secrets by their value, personal data by value and by form.
const FORMS: Array<[RegExp, string]> = [
	[/https?:\/\/[^\s"'<>，。；]{1,2000}/gi, '[link]'],
	[/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '[e-mail]'],
	// With a date of birth in it, or it could be the ID of a contract.
	[
		/(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g,
		'[ID number]',
	],
	[/(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d{9}(?![0-9A-Za-z])/g, '[phone number]'],
];

/** Wire names whose values are personal or secret on either platform. */
const PERSONAL =
	/^(?:name|signerName|partyName|legal.*|contact|account(?:Name)?|operatorAccount|identity|idCard|bankCard|mobile|creditCode|psn\w*(?:Name|Num|Mobile|No)|\w*(?:phone|mobile|idCardNum|idCardNo|bankCardNo)|receiver\w*|corp\w*(?:Name|Num)|appAuthToken|token|secret|sign|image(?:Base64|Url))$/i;

/** Values under personal names anywhere in a request, longest first. */
export const personalValues = (value: unknown, found: Set<string> = new Set()): string[] => {
	const visit = (inner: unknown, personal: boolean) => {
		if (Array.isArray(inner)) inner.forEach((entry) => visit(entry, personal));
		else if (typeof inner === 'object' && inner !== null) {
			if (!(Object.getPrototypeOf(inner) === Object.prototype)) return;
			for (const [key, entry] of Object.entries(inner)) visit(entry, PERSONAL.test(key));
		} else if (personal && (typeof inner === 'string' || typeof inner === 'number')) {
			const text = String(inner);
			if (text.length >= 2 && text.length <= 200) found.add(text);
		}
	};
	visit(value, false);
	return [...found].sort((a, b) => b.length - a.length);
};

/** Percent signs would hide what they stand for from every pattern. */
const withoutPercentSigns = (text: string): string =>
	text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			return ' ';
		}
	});

/** Cleans a text that came from outside: known values, then everything that looks personal. */
// A message that is longer tells nobody more, and every pattern has to read it.
const LONGEST = 2000;

export const redact = (text: string, values: string[] = []): string => {
	// Cut at a gap, so that no half of a number or link is left that no pattern knows.
	const cut = text.length > LONGEST ? text.slice(0, LONGEST).replace(/\S{0,200}$/, '') : text;
	// A NUL keeps PostgreSQL from storing the execution at all.
	let clean = withoutPercentSigns(cut).replace(/\p{Cc}/gu, ' ');
	for (const value of values) if (value !== '') clean = clean.replaceAll(value, '[hidden]');
	for (const [form, name] of FORMS) clean = clean.replace(form, name);
	return clean;
};

/** One line, of a length that fits into a message. */
export const shorten = (text: string, max = 300): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > max ? `${line.slice(0, max)}…` : line;
};
