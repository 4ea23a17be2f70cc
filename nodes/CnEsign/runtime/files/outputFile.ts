import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ReceivedFile } from '../http/createClient';
import { toApiError, type ErrorDetails } from '../http/errors';
import { redact, shorten } from '../http/redact';
import { cancelled } from '../http/waiting';
import { safeFileName } from './fileName';
import { brokenDownload } from './streams';

// What the HTTP client and Node say of a stream that ends before its time.
const LOST =
	/^(?:ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|Z_\w+)$/;

/** What is said when storing a download ended early: the connection's fault, or the storage's. */
const storingError = (thrown: unknown): ErrorDetails => {
	const { code, message = '' } = thrown as { code?: string; message?: string };
	if ((code && LOST.test(code)) || /aborted|premature|socket hang up/i.test(message))
		return brokenDownload;
	return {
		message: 'The file could not be stored in n8n',
		description: `The download itself was begun. n8n says: ${shorten(redact(message))}`,
	};
};

/** Streams a download into n8n's binary storage and returns the item that carries it. */
export async function outputFile(
	exec: IExecuteFunctions,
	itemIndex: number,
	field: string,
	{ stream, end }: Pick<ReceivedFile, 'stream' | 'end'>,
	fileName: string,
	mimeType: string,
	json: IDataObject,
): Promise<INodeExecutionData> {
	const name = safeFileName(fileName);
	const store = async () =>
		await exec.helpers.prepareBinaryData(
			stream as unknown as Parameters<typeof exec.helpers.prepareBinaryData>[0],
			name,
			mimeType,
		);
	const binary = await store().catch((thrown: unknown) => {
		end();
		if (exec.getExecutionCancelSignal()?.aborted) throw cancelled();
		throw toApiError(exec.getNode(), { ...storingError(thrown), itemIndex });
	});
	return { json: { ...json, fileName: name, mimeType }, binary: { [field]: binary } };
}
