import { mailWord, repairedUtf8, safeFileName, suffixOf } from '../../../runtime/files/fileName';
import type { InputFile } from '../../../runtime/files/inputFile';
import { uriDecoded } from '../../../runtime/items/values';

/** The name and the suffix under which a file is sent. */
export interface SentName {
	/** Without the suffix. */
	stem: string;
	/** With its dot, in small letters; `''` where there is none. */
	suffix: string;
}

/** What follows the name in an address. A question mark may also stand in a title. */
const QUERY = /(?<=\.[a-z0-9]{1,8})\?.*$|\?[^?]*=.*$|(?<=\.(?:pdf|docx?|xlsx?))#.*$/is;

/** A name as a download or a form gives it: it may be a part of an address, or stand behind a folder. */
const plainName = (name: string): string => {
	const given = mailWord(name).replace(QUERY, '');
	const isPath = /^(?:[a-z][a-z0-9+.-]*:)?[\\/]/i.test(given);
	return repairedUtf8(uriDecoded(isPath ? given.replace(/^.*[\\/]/s, '') : given));
};

/** A full stop as Chinese keyboards write it, in front of a suffix. */
const withPlainStop = (name: string): string =>
	name.trim().replace(/[．。｡﹒․](?=[A-Za-z0-9]{1,8}$)/u, '.');

const split = (name: string): SentName => {
	const suffix = suffixOf(name);
	return {
		stem: name.slice(0, name.length - suffix.length).trimEnd(),
		suffix: suffix === '.jpeg' ? '.jpg' : suffix,
	};
};

/** What servers, browsers and programs put behind the name of a file that they deliver. */
const OF_THE_WEB =
	/^\.(?:action|ashx|aspx?|bin|cgi|dat|do|download|docx?|file|html?|jpe?g|jspx?|octet|ofd|part|php|png|rar|rtf|tmp|txt|wps|xlsx?|zip)$/;

/**
 * `chosen` by the user wins over the file's own name. `isPdf`: the content is one whatever the name says.
 * Nothing is cut: a name that is too long for the platform is refused, never changed behind one's back.
 */
export function sentName(
	file: InputFile,
	chosen: string,
	{ suffixes, isPdf }: { suffixes: string[]; isPdf: boolean },
): SentName {
	const name = safeFileName(
		withPlainStop(chosen || plainName(file.fileName ?? '')) || 'document',
		'document',
		Infinity,
	);
	const parts = split(name);
	if (isPdf && suffixes.includes('.pdf')) {
		// "合同 v1.2" and "Agreement with Dr.Wang" keep their ends, "download.do" loses what is no part of the name.
		const isSuffix = parts.suffix === '.pdf' || OF_THE_WEB.test(parts.suffix);
		return { stem: isSuffix ? parts.stem : name, suffix: '.pdf' };
	}
	if (suffixes.includes(parts.suffix)) return parts;
	const fallback = split(withPlainStop(plainName(file.fileName ?? ''))).suffix;
	const isRenamed = chosen !== '' || parts.suffix === '';
	return isRenamed && suffixes.includes(fallback) ? { stem: name, suffix: fallback } : parts;
}

/** `合同`, `合同 (2)`, …: a contract with two files of one name can never be downloaded. */
export function distinctName(stem: string, taken: Set<string>): string {
	let name = stem;
	for (let number = 2; taken.has(name); number++) name = `${stem} (${number})`;
	taken.add(name);
	return name;
}
