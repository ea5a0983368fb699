// One job in a database engine that is an npm package. Prints nothing but the
// seconds that the query itself took: not the start of node, nor loading.
//
//   node query.js duckdb|clickhouse JOB FOLDER ANSWER THREADS
'use strict'
const [engine, job, folder, answer, threads] = process.argv.slice(2)

const columns = {
  ticket_id: 'text', ref: 'text', customer_id: 'text', kind: 'text',
  channel: 'text', product: 'text', opened_at: 'time', due_at: 'time',
  closed_at: 'time', status: 'text', owner: 'text', station: 'text',
  amount: 'money', score: 'number', note: 'text'
}
const people = ['customer_id', 'name', 'type', 'phone', 'region', 'address',
  'birthday', 'owner', 'created_at']
const bought = "kind IN ('order', 'sale')"
const spent = "CASE WHEN kind = 'return' THEN -amount ELSE amount END"
const traded = "kind IN ('order', 'sale', 'return') AND status <> 'cancelled'"

const duckdb = (() => {
  const types = { text: 'VARCHAR', time: 'TIMESTAMP', money: 'DECIMAL(15,2)', number: 'INTEGER' }
  const typed = (list, type) => '{' + list.map(c => `${c}: '${type(c)}'`).join(', ') + '}'
  const plain = "delim = '\t', quote = '', escape = ''"
  const read = (file, format, list, type) => `read_csv('${folder}/${file}', ` +
    `header = true, auto_detect = false, ${format}, columns = ${typed(list, type)})`
  const tickets = read('tickets.tsv', plain, Object.keys(columns), c => types[columns[c]])
  const customers = read('customers.tsv', plain, people, () => 'VARCHAR')
  const quoted = "delim = ',', quote = '\"'"
  const calls = read('tickets.csv', quoted, Object.keys(columns), () => 'VARCHAR')
  const sheet = read('customers.csv', quoted, people, () => 'VARCHAR')
  const wrong = c => `(${c} IS NOT NULL AND try_strptime(${c}, '%Y-%m-%d %H:%M:%S') IS NULL)`
  const figures = `SELECT customer_id, count(*) FILTER (${bought}) AS n, sum(${spent}) AS spend,
    max(opened_at) FILTER (${bought}) AS last FROM ${tickets} WHERE ${traded}
    GROUP BY customer_id HAVING n > 0`
  const bin = order => `1 + 5 * (rank() OVER (ORDER BY ${order}) - 1) // count(*) OVER ()`
  const digits = "right(regexp_replace(phone, '[^0-9]', '', 'g'), 11)"
  const select = {
    J1: `SELECT customer_id, n, spend, strftime(last, '%Y-%m-%dT%H:%M:%S') FROM (${figures})`,
    J2: `SELECT rfm, count(*) FROM (SELECT concat(${bin('age DESC')}, ${bin('n')}, ${bin('spend')}) AS rfm
      FROM (SELECT *, date_sub('day', last, TIMESTAMP '2026-11-21 09:00:00') AS age FROM (${figures})))
      GROUP BY rfm`,
    J3: `SELECT kind, status, count(*) FROM ${tickets} GROUP BY ALL`,
    J3a: `SELECT station, avg(date_diff('second', opened_at, closed_at)) / 3600 FROM ${tickets} GROUP BY ALL`,
    J3b: `SELECT c.region, avg(t.score) FROM ${tickets} t JOIN ${customers} c USING (customer_id)
      WHERE t.kind = 'survey' GROUP BY ALL`,
    J4: `SELECT ticket_id, customer_id, product, strftime(opened_at, '%Y-%m-%dT%H:%M:%S'), owner
      FROM ${tickets} WHERE kind = 'complaint' AND status = 'open'
      AND opened_at < TIMESTAMP '2026-11-20 09:00:00'`,
    J5: `SELECT customer_id, trim(name), type, concat('+86', ${digits}) AS phone, trim(region),
      trim(address), strftime(strptime(birthday, '%Y/%-m/%-d'), '%Y-%m-%d'), trim(owner),
      strftime(strptime(created_at, '%Y-%m-%d %H:%M:%S'), '%Y-%m-%dT%H:%M:%S') FROM ${sheet}
      QUALIFY row_number() OVER (PARTITION BY ${digits} ORDER BY customer_id) = 1`,
    J6: `SELECT count(*), count(*) FILTER (${['opened_at', 'due_at', 'closed_at'].map(wrong).join(' OR ')})
      FROM ${calls}`
  }[job]
  return select && `COPY (${select}) TO '${answer}' (DELIMITER '\t', HEADER false, QUOTE '')`
})()

const clickhouse = (() => {
  const types = { text: 'String', time: 'Nullable(DateTime)', money: 'Nullable(Decimal(15,2))', number: 'Nullable(Int32)' }
  const typed = (list, type) => list.map(c => `${c} ${type(c)}`).join(', ')
  const read = (file, format, list, type) =>
    `file('${folder}/${file}', '${format}', '${typed(list, type)}')`
  const tickets = read('tickets.tsv', 'TSVWithNames', Object.keys(columns), c => types[columns[c]])
  const customers = read('customers.tsv', 'TSVWithNames', people, () => 'String')
  const sheet = read('customers.csv', 'CSVWithNames', people, () => 'String')
  const calls = read('tickets.csv', 'CSVWithNames', Object.keys(columns), () => 'String')
  const wrong = c => `(${c} <> '' AND parseDateTimeOrNull(${c}, '%Y-%m-%d %H:%i:%S') IS NULL)`
  const figures = `SELECT customer_id, countIf(${bought}) AS n, sum(${spent}) AS spend,
    maxIf(opened_at, ${bought}) AS last FROM ${tickets} WHERE ${traded}
    GROUP BY customer_id HAVING n > 0`
  const bin = order => `1 + intDiv(5 * (rank() OVER (ORDER BY ${order}) - 1), count(*) OVER ())`
  const digits = "right(replaceRegexpAll(phone, '[^0-9]', ''), 11)"
  const iso = t => `formatDateTime(${t}, '%Y-%m-%dT%H:%i:%S')`
  const select = {
    J1: `SELECT customer_id, n, spend, ${iso('last')} FROM (${figures})`,
    J2: `SELECT rfm, count(*) FROM (SELECT concat(toString(${bin('age DESC')}), toString(${bin('n')}),
      toString(${bin('spend')})) AS rfm FROM (SELECT *,
      intDiv(dateDiff('second', last, toDateTime('2026-11-21 09:00:00')), 86400) AS age FROM (${figures})))
      GROUP BY rfm`,
    J3: `SELECT kind, status, count(*) FROM ${tickets} GROUP BY kind, status`,
    J3a: `SELECT station, avg(dateDiff('second', opened_at, closed_at)) / 3600 FROM ${tickets} GROUP BY station`,
    J3b: `SELECT c.region, avg(t.score) FROM ${tickets} t JOIN ${customers} c USING (customer_id)
      WHERE t.kind = 'survey' GROUP BY c.region`,
    J4: `SELECT ticket_id, customer_id, product, ${iso('opened_at')}, owner FROM ${tickets}
      WHERE kind = 'complaint' AND status = 'open' AND opened_at < toDateTime('2026-11-20 09:00:00')`,
    J5: `SELECT id, one.1, one.2, concat('+86', phone), one.3, one.4, one.5, one.6, one.7 FROM
      (SELECT ${digits} AS phone, min(customer_id) AS id, argMin((trim(name), type, trim(region),
      trim(address), toDate32(parseDateTime64BestEffort(birthday)), trim(owner),
      replaceOne(created_at, ' ', 'T')), customer_id) AS one FROM ${sheet} GROUP BY phone)`,
    J6: `SELECT count(), countIf(${['opened_at', 'due_at', 'closed_at'].map(wrong).join(' OR ')}) FROM ${calls}`
  }[job]
  return select && `INSERT INTO FUNCTION file('${answer}', 'TSV') ${select}
    SETTINGS max_threads = ${threads}, date_time_input_format = 'best_effort',
    input_format_tsv_empty_as_default = 1, engine_file_truncate_on_insert = 1`
})()

const done = start => console.log((Number(process.hrtime.bigint() - start) / 1e9).toFixed(3))

async function main () {
  if (engine === 'duckdb') {
    const { DuckDBInstance } = require('@duckdb/node-api')
    const instance = await DuckDBInstance.create(':memory:', { threads })
    const connection = await instance.connect()
    const start = process.hrtime.bigint()
    await connection.run(duckdb)
    done(start)
  } else {
    const { query } = require('chdb')
    const start = process.hrtime.bigint()
    query(clickhouse, 'TSV')
    done(start)
  }
}

main().then(() => process.exit(0), error => {
  console.error(String(error.message || error))
  process.exit(1)
})
