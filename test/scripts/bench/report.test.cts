import { atLeast, atMost, reportText } from '../../../scripts/bench/report.cts';

test('a target is met by its own value', () => {
	expect(atMost('ratio', 0.65, 0.65).met).toBe(true);
	expect(atMost('ratio', 0.651, 0.65).met).toBe(false);
	expect(atLeast('done', 1000, 1000).met).toBe(true);
	expect(atLeast('done', 999, 1000).met).toBe(false);
});

test('shows a table for each part, and below them what is met and what is missed', () => {
	const text = reportText([
		{
			result: {},
			title: 'Speed',
			columns: ['Side', 'Time'],
			rows: [['ours', '2.00 s']],
			targets: [atMost('speed.ratio', 0.5, 0.65), atLeast('speed.done', 3, 4)],
		},
	]);
	expect(text).toBe(
		[
			'Speed',
			'',
			'Side  Time',
			'----  ------',
			'ours  2.00 s',
			'',
			'Targets',
			'',
			'Value        Measured  Target',
			'-----------  --------  ------  ------',
			'speed.ratio  0.5       0.65    met',
			'speed.done   3         4       MISSED',
		].join('\n'),
	);
});
