/** The shortest password that is taken, in characters. */
export const LEAST_CHARACTERS = 8;
const MOST_CHARACTERS = 200;

/** Passwords of eight characters or more that everybody tries first. */
const COMMON = new Set(
  `12345678 123456789 1234567890 0123456789 87654321 987654321 9876543210 11111111 00000000 22222222 88888888 12341234
  123123123 1234512345 12344321 11223344 1122334455 112233445566 147258369 123654789 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
  1qaz2wsx 1qaz2wsx3edc qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwertz123 azerty123 asdfghjk
  asdfghjkl zxcvbnm1 zxcvbnm123 q1w2e3r4 q1w2e3r4t5 qazwsxedc password password1 password12 password123 password1234
  password! password1! passw0rd p@ssword p@ssw0rd pa$$word pa55word passwort passwort1 passw0rd1 p@ssw0rd1 letmein1
  letmein123 welcome1 welcome12 welcome123 welcome1234 changeme changeme1 changeme123 administrator admin123 admin1234
  admin12345 adminadmin rootroot root1234 toor1234 testtest test1234 test12345 testing1 testing123 default1 default123
  secret12 secret123 topsecret iloveyou iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football football1
  baseball baseball1 basketball superman superman1 batman123 spiderman starwars starwars1 pokemon1 dragon123 monkey123
  master123 michael1 jennifer jessica1 charlie1 computer computer1 internet internet1 whatever whatever1 trustno1
  abcd1234 abc12345 abcdefgh abcdefg1 a1b2c3d4 aa123456 aaaaaaaa asdf1234 asdfasdf hello123 hellohello freedom1
  liverpool chelsea1 arsenal1 mustang1 corvette mercedes midnight elephant butterfly chocolate alexander victoria
  november december september february summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2026
  autumn2026 company1 company123 business receptionist reception frontdesk frontdesk1 frontdesk123 telephone twilio123`
    .split(/\s+/)
    .filter(Boolean),
);

/** What is wrong with a new password, as a sentence; undefined when it may be used. */
export function passwordProblem(password: string): string | undefined {
  const characters = Array.from(password).length;
  if (characters < LEAST_CHARACTERS) return `The password needs at least ${LEAST_CHARACTERS} characters.`;
  if (characters > MOST_CHARACTERS) return `The password may have at most ${MOST_CHARACTERS} characters.`;
  if (COMMON.has(password.toLowerCase()) || /^(.)\1*$/u.test(password)) {
    return 'This password is among the first that anybody would try. Choose another.';
  }
  return undefined;
}
