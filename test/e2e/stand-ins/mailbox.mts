import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { until } from '../server/until.mjs';

export interface Mail {
	to: string[];
	from: string;
	subject: string;
	text: string;
	/** Empty where it is plain text. */
	html: string;
	attachments: Array<{ fileName: string; bytes: Buffer }>;
}

/** A mail server that keeps what it is given and sends nothing on. */
export interface Mailbox {
	mails: Mail[];
	/** The first mail to this address, and with this in its subject; waits for it. */
	mailTo(address: string, subject?: string): Promise<Mail>;
	/** What an SMTP credential of n8n holds for it. */
	credentialData: Record<string, unknown>;
	close(): Promise<void>;
}

const mailOf = ({
	to = [],
	from,
	subject = '',
	text = '',
	html = '',
	attachments = [],
}: Email): Mail => ({
	to: to.map(({ address = '' }) => address),
	from: from?.address ?? '',
	subject,
	text: text.trim(),
	html,
	attachments: attachments.map(({ filename, content }) => ({
		fileName: filename ?? '',
		bytes: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer),
	})),
});

/** `onMail` is called with each mail that arrives. */
export const startMailbox = async (onMail?: (mail: Mail) => void): Promise<Mailbox> => {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		// No certificate on loopback.
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, _session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				PostalMime.parse(Buffer.concat(chunks)).then((email) => {
					const mail = mailOf(email);
					mails.push(mail);
					onMail?.(mail);
					done();
				}, done);
			});
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => resolve());
	});
	const { port } = server.server.address() as AddressInfo;
	return {
		mails,
		mailTo: async (address, subject = '') =>
			await until(`a mail to ${address} about '${subject}'`, () =>
				mails.find((mail) => mail.to.includes(address) && mail.subject.includes(subject)),
			),
		credentialData: {
			user: '',
			password: '',
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			hostName: '',
		},
		close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
};
