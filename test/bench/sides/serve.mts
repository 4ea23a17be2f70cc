/** The child's half of `startSide`: answers calls by name, ends when the parent is gone. */
type Methods = Record<string, (argument: never) => unknown>;

interface Request {
	id: number;
	method: string;
	argument: unknown;
}

const answer = async (methods: Methods, { id, method, argument }: Request) => {
	try {
		const result = await methods[method](argument as never);
		process.send!({ id, result });
	} catch (error) {
		process.send!({ id, error: (error as Error).stack ?? String(error) });
	}
};

export const serve = (methods: Methods, atEnd: () => void = () => {}): void => {
	process.on('message', (request: Request) => void answer(methods, request));
	process.on('disconnect', () => {
		atEnd();
		process.exit(0);
	});
	process.send!({ id: 0 });
};
