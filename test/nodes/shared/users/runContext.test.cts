import type { Client } from '../../../../nodes/shared/http/client';
import { ledgerIn } from '../../../../nodes/shared/users/guards';
import { createRun } from '../../../../nodes/shared/users/runContext';

const newRun = () => {
	const ledger = ledgerIn({});
	return { ledger, runFor: createRun(ledger, 'tenant') };
};
const client = (): Client => ({ send: async () => await Promise.reject(new Error('not sent')) });

it('gives each item its own client and the ledger of the run', () => {
	const { ledger, runFor } = newRun();
	const [mine, other] = [client(), client()];
	expect(runFor(mine)).toMatchObject({ client: mine, ledger, tenant: 'tenant' });
	expect(runFor(other).client).toBe(other);
});

describe('once', () => {
	it('loads once for all items, also for those that ask meanwhile', async () => {
		const { runFor } = newRun();
		const [a, b, mine] = [runFor(client()), runFor(client()), client()];
		const load = jest.fn(async () => await Promise.resolve('thing'));
		const both = await Promise.all([runFor(mine).once(load), a.once(load)]);
		expect([...both, await b.once(load)]).toEqual(['thing', 'thing', 'thing']);
		expect(load.mock.calls).toEqual([[mine]]);
	});

	it('tells functions apart, and runs', async () => {
		const { once } = newRun().runFor(client());
		const load = jest.fn(async () => await Promise.resolve('thing'));
		await once(load);
		await newRun().runFor(client()).once(load);
		expect(load).toHaveBeenCalledTimes(2);
		expect(await once(async () => await Promise.resolve('other'))).toBe('other');
	});

	it('tries again what could not be loaded', async () => {
		const { once } = newRun().runFor(client());
		const load = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new Error('down'));
		load.mockResolvedValueOnce('up');
		await expect(once(load)).rejects.toThrow('down');
		await expect(once(load)).resolves.toBe('up');
	});
});

describe('withLock', () => {
	it('works on one account at a time, in order, and on others meanwhile', async () => {
		const { runFor } = newRun();
		const { withLock } = runFor(client());
		const log: string[] = [];
		let finish = () => {};
		const slow = withLock('kim', async () => {
			log.push('first begins');
			await new Promise<void>((resolve) => (finish = resolve));
			log.push('first ends');
		});
		const second = runFor(client()).withLock(
			'kim',
			async () => await Promise.resolve(log.push('second')),
		);
		await withLock('lee', async () => await Promise.resolve(log.push('other account')));
		finish();
		await Promise.all([slow, second]);
		expect(log).toEqual(['first begins', 'other account', 'first ends', 'second']);
	});

	it('continues after a failure', async () => {
		const { withLock } = newRun().runFor(client());
		const failed = withLock('kim', async () => await Promise.reject(new Error('no')));
		const next = withLock('kim', async () => await Promise.resolve('yes'));
		await expect(failed).rejects.toThrow('no');
		await expect(next).resolves.toBe('yes');
	});
});
