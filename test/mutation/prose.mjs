/** Three words or more: a text that somebody reads, and no code, path, name or header. */
const PROSE = /\S\s+\S+\s+\S/;

/** Leaves texts for people out of mutation testing: to test them word by word would be to copy them. */
const prose = {
	shouldIgnore(path) {
		const isProse =
			(path.isStringLiteral() && PROSE.test(path.node.value)) ||
			(path.isTemplateLiteral() && path.node.quasis.some(({ value }) => PROSE.test(value.raw)));
		return isProse ? 'a text for people' : undefined;
	},
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'prose', value: prose }];
