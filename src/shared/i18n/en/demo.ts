/** The demo command. */
export const demo = {
  'usage.demo': 'Usage: demo --customers N (1 to 5,000,000) --seed S [--date DAY, such as 2026-06-30]',
  'demo.progress': '{done} of {customers} customers written',
  'demo.done': 'The demo company is there: {customers} customers, {contacts} contacts, {people} members, in {seconds} s',
  'demo.logins': 'One account of each role can sign in (role, login, password; shown only now):',
  'demo.notEmpty': 'This database has customers already; no demo data was filled in',
  'demo.noCompany': 'There is no root department yet to put the demo under',
}
