/*
 * What the expression of a reference may use. All of it gives the same for the same payment, on
 * every run and wherever the payment stands among the others. Whatever is not here is refused.
 */

export const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What a part of an item is read by, after the node that it comes from. */
const OF_ITEM = String.raw`\.(?:item|first\(\)|last\(\))\.json(?![\w$])`;
const memberOf = (names: string) => new RegExp(String.raw`^\.(?:${names})(?![\w$])`);

/**
 * Names that stand by themselves, and what has to follow each of them, with every text in it written
 * as `''`, and `?.` as a point.
 */
export const STABLE_ROOTS: ReadonlyMap<string, RegExp> = new Map([
	['$json', /^/],
	['$data', /^/],
	['$input', /^\.item\.json(?![\w$])/],
	['$', new RegExp(String.raw`^\(''\)${OF_ITEM}`)],
	['$node', /^(?:\[''\]|\.[\w$]+)\.json(?![\w$])/],
	['$workflow', memberOf('id|name')],
	['$vars', /^[.[]/],
	['$env', /^[.[]/],
	['JSON', memberOf('parse|stringify')],
	['Math', memberOf('abs|ceil|floor|max|min|pow|round|sign|trunc')],
	['Object', memberOf('values')],
	['Array', memberOf('from|isArray|of')],
	['Date', memberOf('parse|UTC')],
	['Number', /^(?:[(),]|\.(?:is(?:Finite|Integer|NaN|SafeInteger)|parseFloat|parseInt)\()/],
]);

/**
 * The names among them that a model cannot set. n8n gives a tool the agent's input with the model's
 * arguments over it, and holds the model to no schema (observed for agent 3 on n8n 1.123.81 and
 * 2.41.1): whatever comes from the node's own input may be the model's word.
 */
export const STABLE_ROOTS_OF_TOOLS: typeof STABLE_ROOTS = new Map(
	[...STABLE_ROOTS].filter(([name]) => !['$json', '$data', '$input', '$node'].includes(name)),
);

/** Functions that stand by themselves. */
export const STABLE_FUNCTIONS = words(
	'$if $ifEmpty $jmespath $max $min $not BigInt Boolean String decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt',
);

/** Words of the language. `new` may make a Date of something, and nothing else. */
export const STABLE_WORDS = words('typeof in instanceof true false null undefined NaN Infinity');

/**
 * Functions of values: JavaScript's and n8n's own. None tells a place among others. Those that read a
 * date are not among them: a time without a date is read as today's, and the day depends on a zone.
 */
export const STABLE_METHODS = words(
	`
	at charAt codePointAt concat endsWith includes localeCompare match normalize padEnd padStart repeat
	replace replaceAll slice split startsWith substr substring toLowerCase toString toUpperCase trim
	trimEnd trimStart valueOf
	toExponential toFixed toPrecision
	every exec filter find flat flatMap join map pop reduce reverse shift some sort test toReversed toSorted
	abs append average base64Decode base64Encode ceil chunk compact difference extractDomain
	extractEmail extractUrl extractUrlPath first floor format hasField hash ifEmpty intersection
	isDomain isEmail isEmpty isEven isInteger isNotEmpty isNumeric isOdd isUrl keepFieldsContaining
	last max merge min parseJson pluck quote slugify removeDuplicates removeField removeMarkdown removeTags
	replaceSpecialChars round smartJoin sum toBoolean toDecimalNumber toFloat toInt
	toJsonString toKebabCase toNumber toSentenceCase toSnakeCase toTitleCase toWholeNumber union unique urlDecode
	urlEncode
	getTime isArray isFinite isNaN isSafeInteger from of parse parseFloat parseInt pow sign stringify
	toISOString toJSON trunc UTC values
`.trim(),
);

/** Signs between them. Nothing that changes a value, and no statement. */
export const STABLE_SIGNS = new Set(
	'( ) [ ] { } ${ , . ?. ? : + - * / % ** ! & | ^ ~ && || ?? == != === !== < > <= >= => ...'.split(
		' ',
	),
);
