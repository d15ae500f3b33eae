/** The value in the middle; of an even number of values, the mean of the two there. */
export function median(values: readonly number[]): number {
	if (values.length === 0) throw new RangeError('There is no median of nothing.');
	const sorted = [...values].sort((one, other) => one - other);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** The median of what each round comes to, with three decimals: no measurement tells more. */
export function medianOf<Round>(
	rounds: readonly Round[],
	figure: (round: Round) => number,
): number {
	return Math.round(median(rounds.map(figure)) * 1000) / 1000;
}

/** A list that begins with another of its members: whoever comes first may have it easier. */
export function rotate<Member>(list: readonly Member[], by: number): Member[] {
	const start = by % list.length;
	return [...list.slice(start), ...list.slice(0, start)];
}
