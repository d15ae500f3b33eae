import { Failure } from '../../../../nodes/shared/model/failure';
import { reportProgress } from '../../../../nodes/shared/n8n/messages';

const account = (email: string) => ({ email: `${email}@example.org` });

it('says of each account what was done, what was not, and what is not known', () => {
	expect(
		reportProgress([
			{ account: account('ada'), result: 'deactivated' },
			{ account: { userId: '42' }, result: 'alreadyDeactivated' },
			{ account: account('bob'), result: new Failure('notFound') },
			{ account: account('cem'), result: new Failure('timeout', { isFateUnknown: true }) },
			{ account: account('dot'), result: new Failure('timeout', { done: 'deactivated' }) },
			{ account: account('eli'), result: undefined },
		]),
	).toBe(
		"Already done in this run: 'ada@example.org' (deactivated), '42' (alreadyDeactivated), 'dot@example.org' (deactivated). " +
			"Not done: 'bob@example.org', 'cem@example.org' (not known), 'eli@example.org'.",
	);
});

it('says nothing of an empty list', () => {
	expect(reportProgress([])).toBe('');
});
