import { resultTable } from '../../scripts/demo/table.cts';

test('shows a line per account, and below it what went wrong', () => {
	const table = resultTable([
		{
			leaver: 'kim@example.org',
			service: 'zitadel',
			done: true,
			outcome: 'deactivated',
			changed: true,
			userId: '28',
			stateBefore: 'active',
			stateAfter: 'deactivated',
		},
		{ leaver: 'kim@example.org', service: 'awork', done: false, error: 'Not accepted' },
	]);
	expect(table).toBe(
		[
			'Service  Account          Outcome          Changed  State before  State after',
			'-------  ---------------  ---------------  -------  ------------  -----------',
			'zitadel  28               deactivated      yes      active        deactivated',
			'awork    kim@example.org  none: see below  no       unknown       unknown',
			'awork: Not accepted',
		].join('\n'),
	);
});
