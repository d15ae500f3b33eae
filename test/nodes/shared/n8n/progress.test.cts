import { Failure } from '../../../../nodes/shared/model/failure';
import { reportProgress, withProgress } from '../../../../nodes/shared/n8n/progress';

describe('the progress of a run', () => {
	const account = (email: string) => ({ email: `${email}@example.org` });

	it('says of each account what was done, what was not, and what is not known', () => {
		expect(
			reportProgress([
				{ account: account('ada'), result: 'deactivated' },
				{ account: { userId: '42' }, result: 'alreadyDeactivated' },
				{ account: account('bob'), result: new Failure('notFound') },
				{ account: account('cem'), result: new Failure('timeout', { effect: 'possible' }) },
				{
					account: account('dot'),
					result: new Failure('timeout', { effect: 'done', outcome: 'deactivated' }),
				},
				{ account: account('eli'), result: undefined },
			]),
		).toBe(
			"Already done in this run: 'ada@example.org' (deactivated), '42' (alreadyDeactivated), 'dot@example.org' (deactivated). " +
				"Not done: 'bob@example.org', 'cem@example.org' (not known), 'eli@example.org'.",
		);
	});

	it('names ten accounts of each kind in a message, without the word that n8n looks for', () => {
		const others = Array.from({ length: 12 }, (_, index) => ({
			account: account(`canceled${index}`),
			result: undefined,
		}));
		const message = withProgress('Stopped', others);
		expect(message).toMatch(/^Stopped\. Not done: .* and 2 more\.$/);
		expect(message).not.toContain('canceled');
		expect(withProgress('Stopped', [])).toBe('Stopped');
	});
});
