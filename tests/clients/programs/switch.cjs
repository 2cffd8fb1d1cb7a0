// Node.js soap: registers a referral (12110), reads it back (12310) and hears what is wrong with a bad one.
// Prints what it read, one name=value a line.
'use strict'

const fs = require('node:fs')
const https = require('node:https')
const soap = require('soap')

const { env } = process
const ITEMS = ['caseNumber', 'holderName', 'holderNameKana', 'address', 'pointNumber']

async function clientOf (certificate) {
  const pem = fs.readFileSync(certificate)
  const tls = { cert: pem, key: pem, ca: fs.readFileSync(env.AUTHORITY) }
  const client = await soap.createClientAsync(env.WSDL, {
    wsdl_options: { httpsAgent: new https.Agent(tls) }
  })
  client.setSecurity(new soap.ClientSSLSecurity(tls.key, tls.cert, tls.ca))
  return client
}

function tell (name, value) {
  process.stdout.write(`${name}=${value}\n`)
}

function tellReferrals (name, referrals) {
  referrals.forEach((referral, index) => {
    for (const item of ITEMS) tell(`${name}.${index}.${item}`, referral[item])
    tell(`${name}.${index}.wishedDate`, referral.wishedDate.toISOString().slice(0, 10))
  })
}

function hubFault (problem) {
  if (!problem.root) throw problem
  return problem.root.Envelope.Body.Fault.detail.HubFault
}

function tellFault (name, fault) {
  for (const item of ['code', 'message', 'action', 'retryable', 'messageId']) tell(`${name}.${item}`, fault[item])
  const findings = [].concat(fault.findings.finding) // a fault is read without the schema: one alone is no array
  findings.forEach((finding, index) => {
    for (const item of ['field', 'label', 'rule', 'message', 'action']) {
      tell(`${name}.findings.${index}.${item}`, finding[item])
    }
  })
}

async function main () {
  const newRetailer = await clientOf(env.NEW_RETAILER_CERTIFICATE)
  const currentRetailer = await clientOf(env.CURRENT_RETAILER_CERTIFICATE)
  tell('client', `soap ${require('soap/package.json').version} (Node.js ${process.versions.node})`)

  const [registered] = await newRetailer.registerReferralAsync({
    messageId: `${env.MESSAGE_ID}-1`,
    processKind: 'register',
    pointNumber: env.POINT_NUMBER,
    currentRetailerCode: env.CURRENT_RETAILER_CODE,
    contractNumber: '98765432109876',
    holderName: '髙﨑　花子',
    holderNameKana: 'タカサキ　ハナコ',
    address: '東京都千代田区霞が関９－８－７',
    wishedDate: env.WISHED_DATE,
    meterWork: 'not_needed',
    consent: { obtainedOn: env.TODAY, method: 'paper', obtainedBy: '霞が関営業所' }
  })
  tell('registered.caseNumber', registered.caseNumber)
  tell('registered.version', registered.version)
  tell('registered.casePhaseName', registered.casePhaseName)

  const [own] = await currentRetailer.getIncomingReferralsAsync({
    messageId: `${env.MESSAGE_ID}-2`,
    caseNumber: registered.caseNumber
  })
  tellReferrals('own', own.referrals)
  const [inbox] = await currentRetailer.getIncomingReferralsAsync({ messageId: `${env.MESSAGE_ID}-3` })
  tellReferrals('inbox', inbox.referrals)

  try {
    await newRetailer.registerReferralAsync({
      messageId: `${env.MESSAGE_ID}-4`,
      processKind: 'register',
      pointNumber: '031',
      holderName: 'ﾊﾅｺ'
    })
  } catch (problem) {
    tellFault('many', hubFault(problem))
  }
  try {
    await newRetailer.getReferralResultsAsync({ messageId: `${env.MESSAGE_ID}-5`, caseNumber: 'SW03' })
  } catch (problem) {
    tellFault('one', hubFault(problem))
  }
}

main().catch(problem => {
  process.stderr.write(`${problem.stack}\n`) // not what hangs on it: requests, keys
  process.exitCode = 1
})
