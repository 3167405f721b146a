"""Names of countries abroad, in English, as they may stand in the last line of an address (after ISO 3166-1)."""

from poems_registry.domain.names import fold

_NAMES = """
Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Armenia; Aruba; Australia; Austria;
Azerbaijan; Bahamas; The Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin; Bermuda; Bhutan;
Bolivia; Bosnia and Herzegovina; Botswana; Brazil; Brunei; Bulgaria; Burkina Faso; Burma; Burundi; Cabo Verde;
Cambodia; Cameroon; Canada; Cape Verde; Cayman Islands; Central African Republic; Chad; Chile; China; Colombia;
Comoros; Congo; Costa Rica; Croatia; Cuba; Cyprus; Czech Republic; Czechia; Democratic Republic of the Congo; Denmark;
Djibouti; Dominica; Dominican Republic; East Timor; Ecuador; Egypt; El Salvador; Equatorial Guinea; Eritrea; Estonia;
Eswatini; Ethiopia; Falkland Islands; Faroe Islands; Fiji; Finland; France; French Polynesia; Gabon; Gambia; The Gambia;
Georgia; Germany; Ghana; Gibraltar; Greece; Greenland; Grenada; Guadeloupe; Guatemala; Guinea; Guinea-Bissau; Guyana;
Haiti; Holland; Honduras; Hong Kong; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland; Republic of Ireland; Eire;
Israel; Italy; Ivory Coast; Côte d'Ivoire; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kiribati; Kosovo; Kuwait;
Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; Macao; Macau;
Madagascar; Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands; Martinique; Mauritania; Mauritius; Mexico;
Micronesia; Moldova; Monaco; Mongolia; Montenegro; Montserrat; Morocco; Mozambique; Myanmar; Namibia; Nauru; Nepal;
Netherlands; The Netherlands; New Caledonia; New Zealand; Nicaragua; Niger; Nigeria; North Korea; North Macedonia;
Norway; Oman; Pakistan; Palau; Palestine; Panama; Papua New Guinea; Paraguay; Peru; Philippines; The Philippines;
Poland; Portugal; Puerto Rico; Qatar; Réunion; Romania; Russia; Rwanda; Saint Helena; Saint Kitts and Nevis;
Saint Lucia; Saint Vincent and the Grenadines; Samoa; San Marino; São Tomé and Príncipe; Saudi Arabia; Senegal; Serbia;
Seychelles; Sierra Leone; Singapore; Slovakia; Slovenia; Solomon Islands; Somalia; South Africa; South Korea;
South Sudan; Spain; Sri Lanka; St Helena; St Kitts and Nevis; St Lucia; St Vincent and the Grenadines; Sudan; Suriname;
Sweden; Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand; Timor-Leste; Togo; Tonga; Trinidad and Tobago;
Tunisia; Türkiye; Turkey; Turkmenistan; Turks and Caicos Islands; Tuvalu; UAE; Uganda; Ukraine; United Arab Emirates;
United States; United States of America; Uruguay; USA; Uzbekistan; Vanuatu; Vatican City; Venezuela; Vietnam; Viet Nam;
British Virgin Islands; Yemen; Zambia; Zimbabwe
"""

_FOLDED = frozenset(fold(name) for name in _NAMES.split(";"))


def is_country_abroad(line: str) -> bool:
    """Whether a line is the name of a country to which post leaves the United Kingdom and the Crown dependencies."""
    return fold(line) in _FOLDED
