import { createRunState } from '../../../../nodes/shared/users/runContext';

describe('once', () => {
	it('loads a thing a single time, also for those who ask meanwhile', async () => {
		const { once } = createRunState();
		const load = jest.fn(async () => await Promise.resolve('thing'));
		const both = await Promise.all([once('a', load), once('a', load)]);
		expect([...both, await once('a', load)]).toEqual(['thing', 'thing', 'thing']);
		expect(load).toHaveBeenCalledTimes(1);
	});

	it('tries again what could not be loaded', async () => {
		const { once } = createRunState();
		await expect(once('a', async () => await Promise.reject(new Error('down')))).rejects.toThrow();
		await expect(once('a', async () => await Promise.resolve('up'))).resolves.toBe('up');
	});
});

describe('inTurn', () => {
	it('works on one account once at a time, in the order of asking, and on others meanwhile', async () => {
		const { inTurn } = createRunState();
		const log: string[] = [];
		let finish = () => {};
		const slow = inTurn('kim', async () => {
			log.push('first begins');
			await new Promise<void>((resolve) => (finish = resolve));
			log.push('first ends');
		});
		const second = inTurn('kim', async () => await Promise.resolve(log.push('second')));
		await inTurn('lee', async () => await Promise.resolve(log.push('other account')));
		finish();
		await Promise.all([slow, second]);
		expect(log).toEqual(['first begins', 'other account', 'first ends', 'second']);
	});

	it('goes on after one that failed', async () => {
		const { inTurn } = createRunState();
		const failed = inTurn('kim', async () => await Promise.reject(new Error('no')));
		const next = inTurn('kim', async () => await Promise.resolve('yes'));
		await expect(failed).rejects.toThrow('no');
		await expect(next).resolves.toBe('yes');
	});
});
