import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { onPort } from '../../sandbox/ports.mjs';
import { startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';

export interface StandIns {
	kaifangqian: KaifangqianSandbox;
	qiandun: QiandunSandbox;
	close(): Promise<void>;
}

/** Both stand-ins, on their usual ports and with the same secrets and ids at every start. */
export const startStandIns = async (command: string): Promise<StandIns> => {
	const kaifangqian = await onPort(
		'KAIFANGQIAN_PORT',
		command,
		async (port) =>
			await startKaifangqian({
				port,
				stableSeeds: true,
				scheduledJobEveryMs: 30_000,
				// 'Verify a company' needs what only the hosted platform has.
				switches: { hostedSite: true },
			}),
	);
	try {
		const qiandun = await onPort(
			'QIANDUN_PORT',
			command,
			async (port) => await startQiandun({ port }),
		);
		const close = async () => {
			await Promise.all([kaifangqian.close(), qiandun.close()]);
		};
		return { kaifangqian, qiandun, close };
	} catch (error) {
		await kaifangqian.close();
		throw error;
	}
};

/** The two credentials, filled in for the stand-ins. */
export const credentialData = ({ kaifangqian, qiandun }: Omit<StandIns, 'close'>) => ({
	kaifangqian: {
		platform: 'kaifangqian',
		baseUrl: kaifangqian.baseUrl,
		appAuthToken: kaifangqian.token,
		secret: '',
		platformPublicKey: '',
		senderName: kaifangqian.operator.name,
		senderContact: kaifangqian.operator.contact,
	},
	qiandun: {
		platform: 'qiandun',
		baseUrl: qiandun.baseUrl,
		appKey: qiandun.appKey,
		secret: qiandun.appSecret,
	},
});

/** With the person in whose name contracts are sent where a node names nobody. */
export const withSender = <Data extends object>(
	data: Data,
	{ operator }: Pick<KaifangqianSandbox, 'operator'>,
) => ({ ...data, senderName: operator.name, senderContact: operator.contact });
