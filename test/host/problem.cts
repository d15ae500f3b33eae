/** Something that whoever started this can do something about: its message is shown, no stack. */
export class Problem extends Error {
	override readonly name = 'Problem';
}
