import type { Client } from '../../../../nodes/shared/http/client';
import { ledgerIn } from '../../../../nodes/shared/users/guards';
import { createRun, type RunContext } from '../../../../nodes/shared/users/runContext';

const client = (): Client => ({ send: async () => await Promise.reject(new Error('not sent')) });
const ledger = ledgerIn({});
const newRun = () => createRun(ledger, 'tenant');
const thing = () => jest.fn(async () => await Promise.resolve('thing'));

it('gives each item its own client and the ledger of the run', () => {
	const [runFor, mine, other] = [newRun(), client(), client()];
	expect(runFor(mine)).toMatchObject({ client: mine, ledger, tenant: 'tenant' });
	expect(runFor(other).client).toBe(other);
});

describe('once', () => {
	it('loads once for all items, also for those that ask meanwhile', async () => {
		const [runFor, mine, load] = [newRun(), client(), thing()];
		const [a, b] = [runFor(client()), runFor(client())];
		const both = await Promise.all([runFor(mine).once(load), a.once(load)]);
		expect([...both, await b.once(load)]).toEqual(['thing', 'thing', 'thing']);
		expect(load.mock.calls).toEqual([[mine]]);
	});

	it('tells functions apart, and runs', async () => {
		const [{ once }, load] = [newRun()(client()), thing()];
		await once(load);
		await newRun()(client()).once(load);
		expect(load).toHaveBeenCalledTimes(2);
		expect(await once(async () => await Promise.resolve('other'))).toBe('other');
	});

	it('tries again what could not be loaded', async () => {
		const { once } = newRun()(client());
		const load = thing().mockRejectedValueOnce(new Error('down'));
		await expect(once(load)).rejects.toThrow('down');
		await expect(once(load)).resolves.toBe('thing');
	});
});

describe('withLock', () => {
	it('works on one account at a time, in order, and on others meanwhile', async () => {
		const runFor = newRun();
		const withLock: RunContext['withLock'] = async (name, work) =>
			await runFor(client()).withLock(name, work);
		const log: string[] = [];
		const write = async (line: string) => await Promise.resolve(log.push(line));
		let finish = () => {};
		const slow = withLock('kim', async () => {
			await new Promise<void>((resolve) => (finish = resolve));
			log.push('first');
		});
		const second = withLock('kim', async () => await write('second'));
		await withLock('lee', async () => await write('other account'));
		finish();
		await Promise.all([slow, second]);
		expect(log).toEqual(['other account', 'first', 'second']);
	});

	it('continues after a failure', async () => {
		const { withLock } = newRun()(client());
		const failed = withLock('kim', async () => await Promise.reject(new Error('no')));
		const next = withLock('kim', thing());
		await expect(failed).rejects.toThrow('no');
		await expect(next).resolves.toBe('thing');
	});
});
