/** Any one word, and up to three: "he is [still] not breathing". */
const ONE = '(?:\\w+ )?';
const FEW = '(?:\\w+ ){0,3}';
const RELATIVE =
  'husband|wife|partner|boyfriend|girlfriend|fiancee?|father|dad|daddy|mother|mom|mum|mommy|mummy|parents|son|daughter|' +
  'brother|sister|grandma|grandpa|grandmother|grandfather|granny|uncle|aunt|cousin|nephew|niece|kids?|child|children';
const PERSON = `(?:${RELATIVE}|baby|toddler|infant|boy|girl|friend|neighbou?r|colleague|co ?worker|roommate|man|woman|guy|lady|person|people|customer|client|patient|driver|cyclist|worker|employee|boss|ex|stranger)`;
/** Whoever may be in danger, up to the verb. */
const WHO = `(?:i|he|she|we|they|who|someone|somebody|${PERSON}) ${ONE}`;
/** Whoever may be a danger. */
const SOMEBODY = '(?:he|she|they|who|someone|somebody|people|burglars?|intruder|stranger|attacker|robbers?|';
const ATTACKER = `${SOMEBODY}${PERSON}) ${ONE}`;
const VICTIM = `(?:me|him|her|us|people|everyone|everybody|someone|somebody|(?:my|the|a) ${PERSON})`;
const PLACE =
  '(?:house|home|apartment|flat|building|room|bedroom|kitchen|bathroom|basement|garage|office|shop|store|roof|barn|place)';
const BE = '(?:is|am|are|was|were|been|being|got)';
const HELP = '(?:ambulance|paramedics?|police|cops|fire brigade|fire department|fire ?fighters|emergency services)';

const ILLNESS = [
  'heart attack|cardiac arrest|no pulse|no heartbeat|heart (?:has |just )?stopped',
  `not ${ONE}breath(?:e|es|ing)?|stopped breath(?:e|ing)`,
  '(?:hardly|barely|trouble|difficulty|hard|unable|struggling|fighting|gasping) (?:to |for |with )?(?:breath(?:e|ing)?|air)',
  'chest pains?|pains? in (?:my|his|her|the) chest|chest (?:hurts|(?:is )?(?:hurting|tight))|pressure (?:on|in) (?:my|his|her) chest',
  'unconscious|unresponsive|lifeless|collapsed|fainted|blacked out|passed out(?! (?:the|some|our|flyers|cards))',
  `(?:he|she|collapsed|${PERSON}) ${FEW}(?:does|do|is|are|will) not (?:respond|responding|react|reacting)(?! to (?:my|our|your|the|any) (?:e ?mails?|calls?|messages?|texts?|letters?))`,
  'not wak(?:e|ing) (?:up|him|her|them)|not wake',
  'overdos(?:e|ed|es|ing)|too many (?:sleeping )?(?:pills|tablets)|poisoned|carbon monoxide(?! (?:detector|sensor)s?)',
  `(?:swallowed|ate|eaten|drank|drunk) ${FEW}(?:batter(?:y|ies)|magnets?|poison|bleach|antifreeze|detergent|pills)`,
  `(?:took|taken) ${ONE}(?:all|whole|bottle) ${FEW}(?:pills|tablets)`,
  `bleeding ${ONE}(?:badly|bad|heavily|out|to death|a lot|lots|profusely|severely|everywhere|(?:so|very|too) much)`,
  `${WHO}${BE} ${ONE}bleeding|(?:stop|stopping) (?:the )?bleeding|bleeding (?:will|does|is|can) not`,
  '(?:losing|lost) (?:a lot of|lots of|so much|too much|much) blood|losing blood|blood everywhere|covered in blood',
  `(?:a|another|having|has|had|have) ${ONE}seizures?|convulsing|convulsions?|epileptic (?:fit|attack)`,
  '(?:having|had|has|have|suffered|be|is) (?:a|another) (?:bad |mini |small |massive |major |severe )?stroke(?! (?:of|engine|motor))',
  `choking|choked on|drowning|${WHO}drowned|electrocuted|anaphyla\\w+|allergic shock|throat is (?:closing|swelling)`,
  '(?:lips|face|he|she|baby) (?:is|are) turning blue|(?:badly|seriously|severely|critically) (?:hurt|injured|wounded|burned|burnt)',
  `${WHO}${BE} ${ONE}(?:hit|run over|struck) by (?:a|the) (?:car|truck|bus|train|van|lorry|motorcycle|lightning)`,
  'not (?:move|feel) (?:my|his|her) (?:legs?|arms?|body|face)',
  '(?:is|am|went|gone|going) (?:in|into) labou?r(?! (?:law|costs?))|(?:my|her) waters? (?:just |has |have )?(?:broke|broken)(?! down)|baby is coming',
  `${WHO}(?:is |am |are )(?:\\w+ )?(?:dying|(?:going|about) to die)`,
  `${WHO}(?:is|are) not moving(?! (?:in|out|to|until|house|away))|(?:fell|fallen) (?:down the stairs|(?:off|from|out of) (?:a|the|his|her) (?:roof|ladder|window|balcony|scaffold))`,
  '(?:severe|bad) allergic reaction|(?:my|our|the) (?:son|daughter|child|kid|baby|toddler|boy|girl) (?:is|has gone|went) missing',
  'think (?:he|she) is dead|(?:he|she) (?:might be|looks) dead|(?:somebody|someone) is dead',
  'life threatening|medical emergency|life (?:and|or) death',
  '(?:i am|we are|he is|she is|they are|life is|lives are) in (?:\\w+ )?danger(?! of)',
];

const DESPAIR = [
  'suicid(?:e|al)|self harm\\w*|kill(?:ed|ing|s)? (?:myself|himself|herself|themselves)|hang(?:ed|ing)? (?:myself|himself|herself)',
  '(?:want|wants|going|trying|about|thinking of|thinking about|keep|will) (?:to )?(?:harm|cut|hurt|shoot)(?:ing)? (?:myself|himself|herself)',
  '(?:end|ending|ended|take|taking|took) (?:it all|(?:my|his|her|their) (?:own )?li(?:fe|ves))',
  'not want to (?:live(?! (?:in|here|there|near|at|on))|be alive)|wants? to die|wanted to die|better off dead',
  '(?:cut|cuts|cutting|slit|slits|slitting|slashed|slashing) (?:my|his|her|their) (?:own )?(?:wrists?(?! ?(?:bands?|straps?|rests?|watch))|throat)',
  'no reason to live|no point in living|jump(?:ing)? off (?:a|the|this) (?:bridge|roof|building)',
];

/** Into a place, or just in: not into a car, and neither shoes nor a talk. */
const BROKEN_IN = `(?:broke|broken) in(?:(?:to| to)? (?:my|our|the|his|her|their|a) ${ONE}${PLACE}|(?! (?:to|my|our|the|his|her|their|a|an|your|that|this|it|on|half|two|three|pieces|with (?:a|one|another) question)\\b))`;
/** What is told of another day endangers nobody now. */
const NOT_NOW = `(?! ${FEW}${FEW}(?:last|yesterday|ago)\\b)`;

const VIOLENCE = [
  'kill (?:me|him|her|us|everyone|everybody|someone|somebody)',
  `${ATTACKER}(?:is|are|keeps|started) ${ONE}(?:killing|strangling|stabbing|beating|hitting|attacking|shooting|raping|kidnapping|threatening|chasing|following) (?:up )?${VICTIM}(?! on)`,
  `${ATTACKER}(?:hits|beats|attacks|attacked|strangles) ${VICTIM}`,
  `${WHO}${ONE}(?:been|was|were|got|is|are|gets) shot(?! (?:on|down|of))|shot (?:me|him|her|us|someone|somebody|people)(?! (?:a|an|down|back))`,
  'gunshots?|shots fired|(?:active|mass) shooter|gunpoint|knifepoint|stabbed',
  `${ATTACKER}(?:has|have|is|with) (?:got |holding |pointing |waving )?(?:a|his|her|the) ${ONE}(?:gun|knife(?! (?:to sharpen|set|block|that|which))|machete)`,
  '(?:gun|knife) to (?:my|his|her)|(?:pulled|pulling|pointing|pointed) (?:out )?(?:a|his|her|the) (?:gun|knife)',
  `${ATTACKER}${FEW}(?:breaking in(?:to)?|break in(?:to)?|trying to get in|climbing (?:in|through))(?! (?:my|our|the) (?:new )?(?:shoes|boots|saddle|market))`,
  `(?:someone|somebody|stranger|burglars?|man|intruder) ${ONE}(?:is |are )?(?:inside|in|outside) (?:my|our) ${PLACE}`,
  'intruders?(?! (?:alarm|detection|light)s?)|there (?:is|are) (?:a )?burglars?|hostage',
  `(?:being|been|just|i was|she was|he was) ${ONE}(?:attacked|robbed|mugged|raped|assaulted|kidnapped|abducted|strangled|beaten up)`,
  `raped|carjack(?:ed|ing)|car jacked(?! up)|${WHO}got (?:attacked|robbed|mugged|assaulted|kidnapped|abducted|strangled|beaten up)`,
  `${ATTACKER}${FEW}${BROKEN_IN}${NOT_NOW}|being broken into`,
  'being (?:followed(?! up)|chased|stalked|beaten|threatened)|there is a bomb|bomb threat|(?:planted|has) a bomb',
];

const FIRE = [
  `(?:${PLACE}|car|van|truck|bus|stove|oven|battery|hair|clothes|it|everything|something|${PERSON}|he|she|someone) ${ONE}(?:is |are )(?:\\w+ )?on fire`,
  `caught (?:on )?fire|catching fire|(?:is|are) burning down|in flames|fire in (?:the|my|our) ${PLACE}|${PLACE} is burning|fire alarm (?:is |just )?(?:going off|went off|ringing)`,
  `(?:there is|we have|we have got) (?:a )?(?:big |small |huge |kitchen |house |electrical )?fire(?! (?:door|sale|pit|place|exit|escape|extinguisher|drill|inspection|station|hydrant|alarm|code|table|wood|safety|department|truck|insurance|damage)s?)`,
  `smoke (?:everywhere|coming)|full of smoke|smells? smoke|${WHO}${BE} ${ONE}trapped`,
  'gas leak(?:s|ing)?(?! (?:test|detector|check|inspection|sensor)s?)|leaking gas|explosion|(?:going|about) to explode',
  'smell(?:s|ing|ed)? (?:of |like |the |some |a lot of |strong )*gas|gas smell',
];

const CALLS_FOR_HELP = [
  `(?:call|need|needs|get|send|want|phone|ring|dial|fetch) (?:me |us |him |her |for )?(?:an? |the |somebody an )?${HELP}(?! (?:bill|report|station|number|record|department number|inspection|certificate|check|clearance|permit)s?)`,
  'ambulance (?:please|now|quick|quickly|immediately|here)|police (?:please|now|quick|quickly)',
  '(?:call|dial|ring|phone|need) (?:911|9 1 1|999|9 9 9|112|1 1 2|000|nine one one|nine nine nine|nine eleven|one one two|triple (?:nine|zero|oh?))(?! ?\\d)',
];

const PLAINTIFF = `(?:boss|manager|supervisor|coach|teacher|landlord|customers?|clients?)`;
const FAULT =
  '(?:late|forget|forgot|miss|missed|lose|lost|break|broke|scratch|scratched|spend|spent|buy|bought|ruin|ruined|damage|damaged|too long|on time|ready)';
const MONEY = '(?:bill|prices?|costs?|invoice|quote|estimate|numbers?|figures?|amount|total)';

/** What is said of things and troubles that are no danger to anybody's life; not looked at. */
const SAYINGS = [
  `${PLAINTIFF} (?:will|would|is going to|are going to) ${ONE}kill (?:me|us)`,
  `(?:${RELATIVE}) (?:will|would|is going to|are going to) ${ONE}kill (?:me|us) (?:if|when|unless|for|because) ${FEW}${FAULT}`,
  `(?:bike|bicycle|car|commute|traffic|heat|weather|wait|waiting|suspense|stairs|hills?|homework|job|work|shoes|boots|saddle|seat|chair|curiosity|back|knees?|feet|tooth|teeth|${MONEY}) (?:will|would|is going to|are going to) ${ONE}kill (?:me|us)`,
  '(?:(?:will|would|does|do|did) not|not going to) kill (?:me|him|her|us)|i could ' + ONE + 'kill (?:him|her)',
  '(?:been|was|am|is) killing (?:myself|himself|herself) (?:trying|over|with|to|at|for)',
  `dying (?:to ${ONE}(?:know|see|hear|try|get|find|meet|ask|ride|read|go|have|eat|learn|tell|buy)|for (?:a|an|some|one|the|this|that|your))`,
  '(?:die|dying|died) (?:(?:of|from) )?(?:curiosity|boredom|laughter|laughing|embarrassment|shame|anticipation|excitement)',
  `heart attack (?:bill|prices?|burger|on a plate|of an? ${ONE}${MONEY})|heart attack (?:from|at|over|about|because of|seeing|looking at) ${FEW}${MONEY}`,
  `(?:heart attack|stroke) (?:when|once|if) (?:i|he|she|we|they|you) (?:saw|sees?|hears?|heard|opens?|opened|reads?|looked) ${FEW}${MONEY}`,
  `(?:nearly|almost|practically) (?:had|gave|give|giving|having|have|got) ${FEW}(?:heart attack|stroke|seizure)|(?:gave|give|giving) (?:me|us) (?:a|another) ${ONE}(?:heart attack|stroke)`,
  `drowning (?:in|under) ${ONE}${ONE}(?:work|paperwork|paper|debts?|e ?mails?|bills|orders|calls|tasks|homework|laundry|stress|invoices|messages)|drowning (?:out|(?:my|his|her|our) sorrows)`,
  'bleeding (?:edge|money|cash|customers|heart|(?:me|us) dry|(?:the |my )?(?:brakes?|radiators?))|choking hazards?|asset seizures?',
  '(?:kids|children|dogs?|cats?) (?:is|are) killing (?:me|us)|suicide (?:squad|squeeze|shifters?|doors?|levers?)|heart stopped for a (?:second|moment)|not breathe a word',
  '(?:tent|umbrella|shelf|shelves|table|chair|stand|deal|wheel|rack|frame|business|company|market|plans?|stroller|pram|bed|sofa|fence|kickstand|awning) (?:has |just |have |is |was )?collapsed',
  '(?:site|website|page|app|phone|computer|laptop|screen|display|system|motor|battery|brakes?|buttons?|remote) (?:is|are|was|does|do|has been) ' +
    ONE +
    '(?:unresponsive|not ' +
    ONE +
    'respond(?:ing)?)',
  '(?:jacket|fabric|material|shoes?|leather|gloves?|helmet|shirt|mattress) (?:does|do|can|will|is|are) not ' +
    ONE +
    'breath(?:e|ing)',
];

/** Of these at least one is in everything that is danger. */
const SIGNS = [
  'heart|cardiac|pulse|breath|chest|unconscious|unrespons|lifeless|collaps|faint|blacked|passed out|respond|react|wak(?:e|ing)',
  'overdos|pills|tablets|poison|carbon|batter|magnet|bleach|antifreeze|detergent|bleed|blood|seizure|convuls|epilep|stroke',
  'chok|drown|electrocut|anaphyla|allergic|throat|blue|hurt|injured|wounded|burn|\\bhit|run over|struck|not move|not feel',
  '\\bair\\b|labou?r|water|baby|dying|\\bdie|moving|fell|fallen|missing|dead|life|lives|medical|danger',
  'suicid|self|themselves|it all|to live|living|alive|jump|kill|strang|stab|beat|attack|shoot|shot|rap(?:ed|ing)|kidnap|abduct',
  'threat|chas|follow|stalk|gun|knife|machete|break(?:ing)? in|get in|climb|in(?:side)? my|in(?:side)? our|outside my|outside our',
  'intruder|burglar|hostage|robbed|mugged|carjack|car jack|brok(?:e|en) in|wrist|assault|bomb|fire|flames|smoke|smell|trapped|gas|explo|ambulance|paramedic|police|cops',
  'emergency|911|999|112|000|9 1 1|9 9 9|1 1 2|nine one|nine nine|nine eleven|one one|triple',
];

/** Any of these patterns, as whole words. */
export const anyOf = (phrases: readonly string[], flags = '') => new RegExp(`\\b(?:${phrases.join('|')})\\b`, flags);

/**
 * A quick look before the long ones, which take some tenths of a second where they have not been used for a while: V8
 * makes them ready at their first use, and forgets that again.
 */
export const SIGN_OF_DANGER = new RegExp(SIGNS.join('|'));
/** Patterns of danger to somebody's life by its kind, in plain words without contractions. */
export const DANGERS: readonly (readonly string[])[] = [ILLNESS, DESPAIR, VIOLENCE, FIRE, CALLS_FOR_HELP];
/** Figures of speech that use the same words. */
export const FIGURES = anyOf(SAYINGS, 'g');
