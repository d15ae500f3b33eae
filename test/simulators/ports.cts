import { createServer } from 'node:net';

/** Listens on a loopback port; the returned function frees it again. */
export function occupy(port: number): Promise<() => Promise<void>> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () =>
			resolve(() => new Promise((done) => server.close(() => done()))),
		);
	});
}

/** Whether nobody listens on this loopback port. */
export async function isFree(port: number): Promise<boolean> {
	try {
		const release = await occupy(port);
		await release();
		return true;
	} catch {
		return false;
	}
}

/** The first of several free ports in a row, below those that the system hands out itself. */
export async function freePortBase(count: number): Promise<number> {
	const ports = Array.from({ length: count }, (_, index) => index);
	for (let base = 20_000 + (process.pid % 1000) * 10; base < 32_000; base += count) {
		const free = await Promise.all(ports.map((index) => isFree(base + index)));
		if (free.every(Boolean)) return base;
	}
	throw new Error(`No ${count} free ports in a row`);
}
