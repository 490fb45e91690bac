package messages

// ids are those of the messages, in order, with "!" behind those that name no
// cause.
const ids = "newer-ios-backup|" +
	"poor-network|" +
	"other-device-restoring|" +
	"restore-unfinished|" +
	"restore-paused|" +
	"being-restored|" +
	"device-space|" +
	"some-files-unavailable|" +
	"additional-space-needed|" +
	"not-enough-icloud-storage|" +
	"storage-details-unavailable|" +
	"icloud-storage-full|" +
	"airplane-mode|" +
	"internet-required|" +
	"wifi-required|" +
	"verified-email|" +
	"verify-password|" +
	"account-access|" +
	"new-terms|" +
	"verification-failed|" +
	"cannot-delete-backup|" +
	"cannot-turn-off-backup|" +
	"cellular-question|" +
	"late-backup|" +
	"never-backed-up!|" +
	"will-occur-later|" +
	"backup-off|" +
	"backup-not-supported|" +
	"problem-enabling!|" +
	"cannot-connect-icloud!|" +
	"estimating!|" +
	"last-backup-not-completed!|" +
	"backup-failed!"

// source has a line "=tag" for each language, and below it a line for each of the
// ids, with phrases separated by "|". A phrase occurs in the message. One that
// begins with "~" is common in other texts too, so it counts only in a text about
// backups; one that begins with "^" also counts if it is all that the reader says.
// One that begins with "+" is a set of words, in any order, with commas between
// those of which one is enough. All are as normalize returns them. es-419 has what
// es has not. By language the engine becomes smaller than by id.
const source = "" +
	"=en\n" +
	// newer-ios-backup
	"~newer ios version|contains a backup from|newer version of ios|~later version of ios|~software update required|^update required to restore\n" +
	// poor-network
	"network conditions|+poor,bad,weak network,networks|poor wifi|bad wifi|poor network\n" +
	// other-device-restoring
	"restoring from this backup|~can not begin|another phone is being restored|another device is being restored|another iphone is being restored\n" +
	// restore-unfinished
	"has not been backed up recently|stop restoring iphone|continue restoring|finish downloading any remaining purchases|+download delete remaining,purchases,media restored,restore,restoring,backup|+still restoring backed,backup|still restoring iphone|data that has not been downloaded\n" +
	// restore-paused
	"~will resume when|connect to power to restore\n" +
	// being-restored
	"currently being restored|will automatically backup when it is done|backup options will be available|is being restored|+iphone currently restored\n" +
	// device-space
	"enough free space on this device|storage almost full|phone storage is full|phone storage full|+not enough free device|not enough space on my iphone|not enough storage on this iphone|not enough space on this iphone|not enough storage on my iphone|+not enough room,space phone,iphone,device finish|iphone storage is almost full\n" +
	// some-files-unavailable
	"files were unavailable|some files unavailable|files unavailable\n" +
	// additional-space-needed
	"~an additional|is required to backup|+additional required backup|+additional space,storage backup,required,needed\n" +
	// not-enough-icloud-storage
	"not enough storage|can not be backed up because|not enough icloud|^not enough space|+out icloud space,storage|no space in icloud|no icloud space|no room in icloud\n" +
	// storage-details-unavailable
	"details are currently unavailable|storage details unavailable|unable to load storage info|+storage details unavailable,available|+storage info not available\n" +
	// icloud-storage-full
	"~are no longer updating|icloud storage almost full|icloud storage is almost full|cloud is full|cloud storage full|storage is full|+no icloud left,remaining|no icloud storage|+almost out icloud\n" +
	// airplane-mode
	"airplane mode|turn off airplane|aeroplane mode|flight mode|+airplane mode\n" +
	// internet-required
	"connect to the internet|~internet to enable|connect to internet to enable|+connect internet enable,backup\n" +
	// wifi-required
	"connected to a wifi network to|+must connected wifi|+make sure connected wifi\n" +
	// verified-email
	"verified email|without a verified|verify your email|email is not verified|+verified email\n" +
	// verify-password
	"verify your password|requires that you verify|+verify icloud password\n" +
	// account-access
	"unable to access the account|review your account information|can not access the account|+unable access account|+can not access account\n" +
	// new-terms
	"icloud terms|+accept,agree terms|+terms conditions\n" +
	// verification-failed
	"verification failed\n" +
	// cannot-delete-backup
	"backup is in use\n" +
	// cannot-turn-off-backup
	"can not turn off backup|~can not be turned off|backups can not be turned off|+can not turn,switch off backup|+backup can not turned off|+unable turn off backup\n" +
	// cellular-question
	"~using cellular data|exceed your data plan|backup over cellular data|backup using mobile data|+backup use,using cellular,mobile data\n" +
	// late-backup
	"since the last backup|+weeks,days,months since backed,backup last\n" +
	// never-backed-up
	"iphone not backed up|not been backed up|iphone is not backed up|never backed up|never been backed up\n" +
	// will-occur-later
	"backup will occur later|will occur later when connected|+backup occur later|+backup later connected,power\n" +
	// backup-off
	"backup is off|not being backed up to icloud|turn this on in icloud settings|icloud backup off|+icloud backup turned,switched off|backup is turned off|backup is switched off|icloud backup is not on|backup is not turned on\n" +
	// backup-not-supported
	"backup not supported|+backup not supported\n" +
	// problem-enabling
	"icloud backup failed|+not turn on icloud backup|+failed,unable turn on icloud backup\n" +
	// cannot-connect-icloud
	"unknown error|+problem,error,trouble connecting icloud\n" +
	// estimating
	"backing up …|backup in progress|turning on backup …|^minute remaining|^minutes remaining|+estimating time|+estimating remaining|+stuck estimating|^takes forever|+backing hours\n" +
	// last-backup-not-completed
	"~could not be completed|backup could not be completed\n" +
	// backup-failed
	"iphone can not be backed up|will not backup|does not backup|not backing up|^keeps failing|backup unsuccessful|backup was unsuccessful\n" +
	"=de\n" +
	// newer-ios-backup
	"backup von einer neueren|~neueren ios\n" +
	// poor-network
	"netzwerkproblemen|~aufgrund von netzwerk\n" +
	// other-device-restoring
	"ein anderes gerat gerade|~kann nicht gestartet werden|anderes gerat wird gerade wiederhergestellt\n" +
	// restore-unfinished
	"wiederherstellung noch nicht abgeschlossen|immer noch von einem icloud backup wiederhergestellt|in letzter zeit kein backup|wiederherstellen stoppen|wiederherstellen des iphone stoppen\n" +
	// restore-paused
	"aus icloud wurde angehalten|~wird fortgesetzt\n" +
	// being-restored
	"wird gerade wiederhergestellt|sobald der vorgang abgeschlossen ist|backupoptionen|+iphone wird gerade wiederhergestellt\n" +
	// device-space
	"auf diesem gerat ist nicht genugend|speicher fast voll|iphone speicher voll|iphone speicher ist voll|auf dem gerat ist nicht genug|+gerat nicht genugend,genug,genugen frei,freier,speicher,platz|auf diesem iphone ist nicht genugend|auf dem iphone ist nicht genug\n" +
	// some-files-unavailable
	"~einige dateien|wahrend des letzten backup nicht verfugbar|einige dateien waren\n" +
	// additional-space-needed
	"zusatzlicher speicherplatz|+zusatzlicher,zusatzlich,weitere speicher,speicherplatz erforderlich\n" +
	// not-enough-icloud-storage
	"konnten nicht gesichert werden|nicht genugend speicher|+nicht,kein,keinen genug,genugend,platz icloud\n" +
	// storage-details-unavailable
	"infos zum icloud speicher|zum icloud speicher sind derzeit|speicherinfos nicht verfugbar|+infos,informationen icloud speicher nicht verfugbar\n" +
	// icloud-storage-full
	"~speicher ist voll|~werden nicht mehr aktualisiert\n" +
	// airplane-mode
	"flugmodus|flugmodus ausschalten|flugzeugmodus\n" +
	// internet-required
	"stelle eine internetverbindung her|~internetverbindung|+internetverbindung backup aktivieren\n" +
	// wifi-required
	"zum starten eines backups|wifi verbindung benotigt|+zum starten backup wifi,netzwerk,verbindung\n" +
	// verified-email
	"bestatigte email adresse|ohne bestatigte email|+bestatigte,verifizierte email,mail adresse\n" +
	// verify-password
	"dein passwort bestatigt|passwort bestatigt werden|dein passwort bestatigen\n" +
	// account-access
	"hat keinen zugriff auf den account|~accountinformationen|+keinen,kein zugriff account,konto\n" +
	// new-terms
	"nutzungsbedingungen|geschaftsbedingungen|icloud agb|neue agb|+neuen,neue bedingungen akzeptieren,zustimmen\n" +
	// verification-failed
	"prufung fehlgeschlagen\n" +
	// cannot-delete-backup
	"loschen des backups fehlgeschlagen|derzeit nicht geloscht werden\n" +
	// cannot-turn-off-backup
	"backup kann nicht deaktiviert werden|derzeit nicht deaktiviert|+backup,backups nicht deaktiviert,deaktivieren,ausschalten\n" +
	// cellular-question
	"backup mit mobilen daten|~mit mobilen daten|~deinen datentarif|+backup mobilen daten\n" +
	// late-backup
	"das letzte mal ein backup\n" +
	// never-backed-up
	"iphone ohne backup|wurde kein backup erstellt|noch nie gesichert|iphone nicht gesichert|gibt es kein backup|nie ein backup\n" +
	// will-occur-later
	"icloud backup erfolgt spater|~erfolgt spater|+backup erfolgt spater\n" +
	// backup-off
	"backup ist deaktiviert|icloud backup ist aus\n" +
	// backup-not-supported
	"backup nicht unterstutzt|+backup nicht unterstutzt\n" +
	// problem-enabling
	"icloud backup fehlgeschlagen\n" +
	// cannot-connect-icloud
	"unbekannter fehler\n" +
	// estimating
	"backup erstellen …|icloud backup wird erstellt|+verbleibende zeit|^dauert ewig|+restzeit berechnet|+backup steht stunden\n" +
	// last-backup-not-completed
	"\n" +
	// backup-failed
	"backup bricht ab\n" +
	"=fr\n" +
	// newer-ios-backup
	"~version plus recente|contient une sauvegarde|+recente ios sauvegarde,sauvegarder,backup\n" +
	// poor-network
	"+mauvaises,mauvaise,mauvais reseau,connexion|+conditions reseau\n" +
	// other-device-restoring
	"un autre appareil est en cours de restauration|~ne peut pas commencer\n" +
	// restore-unfinished
	"encore en train de restaurer|n a pas ete sauvegarde recemment|arreter la restauration\n" +
	// restore-paused
	"icloud est en pause|~reprendra une fois\n" +
	// being-restored
	"cet iphone est en cours de restauration|une fois la restauration terminee|options de sauvegarde|+iphone cours restauration\n" +
	// device-space
	"insuffisant sur cet appareil|stockage presque sature|stockage de l iphone sature|stockage de l iphone plein|stockage iphone plein|stockage iphone sature|+espace insuffisant appareil|plus d espace sur l iphone\n" +
	// some-files-unavailable
	"~certains fichiers|~n etaient pas disponibles|certains fichiers n etaient pas\n" +
	// additional-space-needed
	"~vous devez disposer de|de plus pour sauvegarder|+disposer plus sauvegarder\n" +
	// not-enough-icloud-storage
	"espace de stockage insuffisant|ne peut etre sauvegarde|^espace insuffisant|pas assez d espace de stockage|pas suffisamment d espace|pas de place sur icloud|plus de place sur icloud|plus d espace sur icloud\n" +
	// storage-details-unavailable
	"details du stockage|+details stockage pas,indisponibles disponibles,disponible\n" +
	// icloud-storage-full
	"~ne sont plus mis a jour|^stockage sature|plus de place dans icloud\n" +
	// airplane-mode
	"mode avion|desactivez le mode avion\n" +
	// internet-required
	"connectez vous a internet|a internet pour activer|+connectez internet\n" +
	// wifi-required
	"connecte a un reseau wifi pour commencer|pour commencer une sauvegarde|+devez connecte reseau wifi\n" +
	// verified-email
	"adresse email verifiee|sans une adresse email|+email,mail verifiee,verifie adresse\n" +
	// verify-password
	"valider votre mot de passe|~vous devez valider|+valider mot,passe sauvegarde,icloud,sauvegarder,backup|vous devez valider votre mot\n" +
	// account-access
	"ne peut pas acceder au compte|~vos donnees de compte|+peut pas acceder compte\n" +
	// new-terms
	"conditions generales|conditions d utilisation|+accepter nouvelles conditions\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"suppression de la sauvegarde impossible\n" +
	// cannot-turn-off-backup
	"desactivation de la sauvegarde impossible|impossible de desactiver les sauvegardes|+impossible desactiver sauvegarde,sauvegarder,backup\n" +
	// cellular-question
	"via les donnees cellulaires|+sauvegarder donnees cellulaires\n" +
	// late-backup
	"derniere sauvegarde de cet iphone|~remonte a\n" +
	// never-backed-up
	"iphone non sauvegarde|n ont pas ete sauvegardees|iphone jamais sauvegarde|iphone pas sauvegarde|iphone n est pas sauvegarde\n" +
	// will-occur-later
	"~aura lieu plus tard|~plus tard lorsque|+sauvegarde,sauvegarder,backup lieu plus tard\n" +
	// backup-off
	"icloud desactivee\n" +
	// backup-not-supported
	"sauvegarde non geree\n" +
	// problem-enabling
	"echec de la sauvegarde icloud|+activation sauvegarde,sauvegarder,backup echoue\n" +
	// cannot-connect-icloud
	"erreur inconnue\n" +
	// estimating
	"estimation du temps restant|sauvegarde en cours|sauvegarde icloud en cours\n" +
	// last-backup-not-completed
	"n a pas pu etre achevee\n" +
	// backup-failed
	"ne se sauvegarde plus|impossible de sauvegarder\n" +
	"=es\n" +
	// newer-ios-backup
	"~ios mas reciente|contiene una copia|~ios mas nuevo\n" +
	// poor-network
	"condicion deficiente de la red|~debido a la condicion\n" +
	// other-device-restoring
	"no se puede iniciar la copia\n" +
	// restore-unfinished
	"todavia se esta restaurando|ninguna copia de seguridad reciente|dejar de restaurar|detener la restauracion\n" +
	// restore-paused
	"desde icloud esta en pausa|~se reanudara\n" +
	// being-restored
	"el iphone se esta restaurando|una vez finalizada la restauracion|opciones de copia de seguridad|+iphone esta restaurando\n" +
	// device-space
	"espacio libre en este dispositivo|almacenamiento casi lleno|el iphone esta lleno|almacenamiento del iphone lleno|iphone sin espacio|+no suficiente espacio dispositivo|no hay espacio en el iphone\n" +
	// some-files-unavailable
	"~algunos archivos|~no estaban disponibles\n" +
	// additional-space-needed
	"~de espacio adicional\n" +
	// not-enough-icloud-storage
	"suficiente espacio disponible en icloud|~suficiente espacio de almacenamiento|almacenamiento insuficiente|sin espacio en icloud|no tengo espacio en icloud|no hay espacio en icloud\n" +
	// storage-details-unavailable
	"detalles del almacenamiento|almacenamiento en icloud no estan disponibles|+detalles almacenamiento no disponibles\n" +
	// icloud-storage-full
	"icloud lleno|~han dejado de actualizarse|^almacenamiento lleno\n" +
	// airplane-mode
	"modo avion|desactiva el modo avion\n" +
	// internet-required
	"conectate a internet|a internet para activar|+conectate internet\n" +
	// wifi-required
	"debes conectarte a una red|para iniciar una copia de seguridad\n" +
	// verified-email
	"direccion de correo verificada|sin una direccion de correo|+correo verificada,verificado\n" +
	// verify-password
	"~requiere que verifiques|+verifiques contrasena\n" +
	// account-access
	"no puede acceder a la cuenta|~informacion de la cuenta|+no puede acceder cuenta\n" +
	// new-terms
	"terminos y condiciones|nuevos terminos|condiciones nuevas|nuevas condiciones|+aceptar,acepta terminos,condiciones\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"\n" +
	// cannot-turn-off-backup
	"imposible desactivar copia|~no se pueden desactivar|+imposible,pueden desactivar copia,copias,backup,respaldo\n" +
	// cellular-question
	"copia de seguridad con los datos moviles|~los datos moviles|podrias superar los datos|+copia,copias,backup,respaldo datos moviles\n" +
	// late-backup
	"que no se realiza una copia de seguridad|dias que no se realiza\n" +
	// never-backed-up
	"no se ha realizado ninguna copia|iphone sin copia\n" +
	// will-occur-later
	"~se realizara mas adelante|~mas adelante|~se realizara mas tarde|+copia,copias,backup,respaldo realizara adelante,tarde\n" +
	// backup-off
	"\n" +
	// backup-not-supported
	"incompatible con copia de seguridad\n" +
	// problem-enabling
	"error de copia en icloud\n" +
	// cannot-connect-icloud
	"error desconocido\n" +
	// estimating
	"calculando tiempo restante|realizando copia de seguridad|icloud en curso|se queda calculando|+calculando restante\n" +
	// last-backup-not-completed
	"completar la ultima copia de seguridad|~no se ha podido completar\n" +
	// backup-failed
	"\n" +
	"=es-419\n" +
	// newer-ios-backup
	"~mas reciente de ios|contiene uno guardado\n" +
	// poor-network
	"condiciones de la red|no se completo el ultimo respaldo\n" +
	// other-device-restoring
	"no se puede iniciar el respaldo\n" +
	// restore-unfinished
	"se esta restaurando mediante|respaldo reciente\n" +
	// restore-paused
	"se pauso la restauracion\n" +
	// being-restored
	"opciones de respaldo\n" +
	// device-space
	"suficiente espacio en este dispositivo|se lleno el almacenamiento del iphone\n" +
	// some-files-unavailable
	"\n" +
	// additional-space-needed
	"~se necesita|+necesita,necesitan espacio adicional\n" +
	// not-enough-icloud-storage
	"suficiente espacio para hacer respaldo\n" +
	// storage-details-unavailable
	"\n" +
	// icloud-storage-full
	"~ya no se estan actualizando|la nube esta llena|no hay mas espacio en icloud|sin mas espacio en icloud|mas espacio en icloud\n" +
	// airplane-mode
	"modo de vuelo\n" +
	// internet-required
	"\n" +
	// wifi-required
	"para iniciar un respaldo\n" +
	// verified-email
	"\n" +
	// verify-password
	"\n" +
	// account-access
	"\n" +
	// new-terms
	"\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"no se puede eliminar este respaldo\n" +
	// cannot-turn-off-backup
	"imposible desactivar respaldo|+imposible,pueden desactivar respaldo,respaldos,respaldar,backup,copia\n" +
	// cellular-question
	"respaldar mediante datos celulares|~mediante datos celulares|+respaldar,respaldo,respaldos,backup,copia datos celulares\n" +
	// late-backup
	"se respaldo este iphone|~por ultima vez\n" +
	// never-backed-up
	"iphone sin respaldo|no se ha respaldado\n" +
	// will-occur-later
	"se respaldara en icloud|+respaldara icloud conectado\n" +
	// backup-off
	"icloud desactivado\n" +
	// backup-not-supported
	"respaldo incompatible\n" +
	// problem-enabling
	"error de respaldo en icloud\n" +
	// cannot-connect-icloud
	"\n" +
	// estimating
	"realizando respaldo|se esta respaldando|respaldo se queda en\n" +
	// last-backup-not-completed
	"completar el ultimo respaldo|~no se pudo completar\n" +
	// backup-failed
	"no puede respaldar|no se puede respaldar|no se respalda\n" +
	"=it\n" +
	// newer-ios-backup
	"~piu recente di ios|e presente un backup\n" +
	// poor-network
	"rete non ottimali|+condizioni rete\n" +
	// other-device-restoring
	"~non puo iniziare\n" +
	// restore-unfinished
	"non ha terminato la fase di ripristino|backup di icloud e ancora in corso|~di recente|interrompere il ripristino|interrompi ripristino\n" +
	// restore-paused
	"~messo in pausa|~riprendera quando\n" +
	// being-restored
	"attualmente in corso il ripristino|verra eseguito automaticamente il backup|opzioni di backup|+corso ripristino iphone|ripristino in corso\n" +
	// device-space
	"dispositivo non dispone di spazio|archiviazione quasi esaurito|spazio su iphone esaurito|memoria iphone piena|+dispositivo non spazio sufficiente\n" +
	// some-files-unavailable
	"~alcuni file|~non erano disponibili\n" +
	// additional-space-needed
	"backup di questo iphone richiede|~in piu|+richiede piu backup,copia\n" +
	// not-enough-icloud-storage
	"spazio insufficiente|impossibile eseguire il backup di iphone|non ho spazio su icloud|non c e spazio su icloud\n" +
	// storage-details-unavailable
	"dettagli relativi allo spazio|spazio su icloud non sono al momento|+dettagli spazio non disponibili\n" +
	// icloud-storage-full
	"~non vengono piu aggiornati|^spazio esaurito\n" +
	// airplane-mode
	"uso in aereo|modalita aereo\n" +
	// internet-required
	"connettiti a internet|+connettiti internet\n" +
	// wifi-required
	"+avviare backup,copia wifi,rete,connesso\n" +
	// verified-email
	"indirizzo email verificato|senza un indirizzo email|+indirizzo verificato email,mail\n" +
	// verify-password
	"~verifica della password|richiede la verifica|+verifica password backup,icloud,copia\n" +
	// account-access
	"~non puo accedere a|~informazioni dell account|+non puo accedere account\n" +
	// new-terms
	"termini e condizioni|nuovi termini|condizioni d uso|+accettare,accetta termini,condizioni\n" +
	// verification-failed
	"verifica non riuscita\n" +
	// cannot-delete-backup
	"+impossibile,possibile eliminare,cancellare backup,copia\n" +
	// cannot-turn-off-backup
	"non e possibile disattivare il backup|impossibile disattivare i backup|+impossibile,possibile disattivare backup,copia\n" +
	// cellular-question
	"backup usando i dati cellulare|~i dati cellulare|potresti superare il limite|+backup,copia dati cellulare,cellulari\n" +
	// late-backup
	"~settimane fa|~giorni fa\n" +
	// never-backed-up
	"~non e stato eseguito|+nessun backup,copia iphone\n" +
	// will-occur-later
	"~verra eseguito in seguito|~in seguito quando|backup verra eseguito in seguito\n" +
	// backup-off
	"icloud non attivo\n" +
	// backup-not-supported
	"backup non supportato\n" +
	// problem-enabling
	"problema durante l abilitazione|backup di icloud non riuscito|backup icloud non riuscito\n" +
	// cannot-connect-icloud
	"impossibile connettersi a icloud|errore sconosciuto\n" +
	// estimating
	"eseguo backup|backup di icloud in corso|+calcolo tempo\n" +
	// last-backup-not-completed
	"completare l ultimo backup|~non e stato possibile completare|+ultimo backup,copia possibile,puo,stato completare,completato\n" +
	// backup-failed
	"\n" +
	"=pt\n" +
	// newer-ios-backup
	"~mais nova do ios|contem um backup|+nova,novo ios backup,copia,copias\n" +
	// poor-network
	"desempenho da rede|~baixo desempenho\n" +
	// other-device-restoring
	"~nao pode comecar\n" +
	// restore-unfinished
	"ainda esta sendo restaurado|~recentemente|parar de restaurar|interromper a restauracao\n" +
	// restore-paused
	"icloud esta em pausa|~sera retomada\n" +
	// being-restored
	"este iphone esta sendo restaurado|ao terminar a restauracao|opcoes de backup|+iphone esta sendo restaurado\n" +
	// device-space
	"espaco livre suficiente neste dispositivo|armazenamento quase cheio|armazenamento do iphone cheio|nao tem espaco no iphone|sem espaco no iphone\n" +
	// some-files-unavailable
	"~alguns arquivos|~estavam indisponiveis|+alguns arquivos indisponiveis,disponiveis\n" +
	// additional-space-needed
	"~e necessario ter mais|+necessario mais efetuar,fazer backup,copia,copias\n" +
	// not-enough-icloud-storage
	"nao ha armazenamento suficiente|espaco insuficiente|nao tem espaco no icloud|sem espaco no icloud|nao tenho espaco no icloud|nao ha espaco no icloud\n" +
	// storage-details-unavailable
	"detalhes do armazenamento|armazenamento do icloud estao indisponiveis|+detalhes armazenamento indisponiveis,disponiveis\n" +
	// icloud-storage-full
	"icloud cheio|~nao estao mais sendo atualizados|^armazenamento cheio|^espaco terminou\n" +
	// airplane-mode
	"modo aviao|desative o modo aviao\n" +
	// internet-required
	"conecte se a internet|internet para ativar|+conecte internet\n" +
	// wifi-required
	"e preciso conectar|para iniciar um backup\n" +
	// verified-email
	"endereco de email verificado|sem um endereco de email|+email,mail verificado endereco\n" +
	// verify-password
	"requer que voce verifique|+verifique senha\n" +
	// account-access
	"ter acesso a conta|~informacoes da sua conta|+acesso conta backup,copia,copias\n" +
	// new-terms
	"termos e condicoes|novos termos|termos de uso|+aceitar,aceite termos\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"backup nao pode ser apagado\n" +
	// cannot-turn-off-backup
	"nao e possivel desativar o backup|~nao podem ser desativados|+nao desativar,desativados backup,copia,copias\n" +
	// cellular-question
	"fazer backup via rede celular|~via rede celular|podera exceder seu plano|+backup,copia,copias rede,dados celular\n" +
	// late-backup
	"ultimo backup deste iphone ocorreu|~ocorreu ha\n" +
	// never-backed-up
	"nao tem um backup|nao teve nenhum backup|iphone sem backup|iphone sem copia de seguranca\n" +
	// will-occur-later
	"~ocorrera mais tarde|~mais tarde quando|+backup,copia,copias ocorrera tarde\n" +
	// backup-off
	"\n" +
	// backup-not-supported
	"incompatibilidade para backup\n" +
	// problem-enabling
	"problema ao ativar o backup|backup do icloud falhou|copia de seguranca em icloud falhou\n" +
	// cannot-connect-icloud
	"erro desconhecido\n" +
	// estimating
	"estimando o tempo restante|fazendo backup|backup do icloud em andamento|+estimando restante\n" +
	// last-backup-not-completed
	"\n" +
	// backup-failed
	"nao esta fazendo backup\n" +
	"=nl\n" +
	// newer-ios-backup
	"~nieuwere ios|bevat van een nieuwere\n" +
	// poor-network
	"~vanwege een slechte|+slechte,slecht netwerkverbinding,netwerk,verbinding\n" +
	// other-device-restoring
	"~kan niet worden gestart\n" +
	// restore-unfinished
	"terugzetten van een icloud backup nog niet|er is recent geen backup|+niet alles teruggezet|stop met terugzetten|stoppen met terugzetten\n" +
	// restore-paused
	"uit icloud is onderbroken|~wordt hervat\n" +
	// being-restored
	"gegevens op deze iphone teruggezet|~als dit voltooid is|backup opties|+iphone teruggezet gegevens\n" +
	// device-space
	"ruimte vrij op dit apparaat|opslagruimte bijna vol|iphone opslagruimte vol|+niet,geen genoeg,voldoende ruimte apparaat\n" +
	// some-files-unavailable
	"~sommige bestanden|~waren niet beschikbaar\n" +
	// additional-space-needed
	"~extra vereist|extra vereist om\n" +
	// not-enough-icloud-storage
	"onvoldoende opslagruimte|niet genoeg opslagruimte|+niet,geen genoeg,voldoende icloud|+onvoldoende icloud|geen ruimte in icloud\n" +
	// storage-details-unavailable
	"informatie over icloud opslag|icloud opslag is op dit moment|+informatie icloud opslag niet beschikbaar\n" +
	// icloud-storage-full
	"~opslagruimte is vol|~worden niet langer bijgewerkt|^opslag vol|icloud opslagruimte bijna vol\n" +
	// airplane-mode
	"vliegtuigmodus|vliegtuigstand\n" +
	// internet-required
	"verbinding met het internet|+verbinding internet maak\n" +
	// wifi-required
	"verbonden zijn met een wifinetwerk om|om een backup te starten|+verbonden wifi,wifinetwerk,netwerk backup\n" +
	// verified-email
	"gecontroleerd e mailadres|e mailadres vereist|+gecontroleerd,geverifieerd,gecontroleerde mailadres,email,mail\n" +
	// verify-password
	"controle van je wachtwoord|~wachtwoord vereist|+controle wachtwoord vereist\n" +
	// account-access
	"geen toegang tot de account|~accountgegevens|+geen toegang account\n" +
	// new-terms
	"algemene voorwaarden|nieuwe voorwaarden|+voorwaarden akkoord,accepteren,accepteer\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"kan nu niet worden verwijderd\n" +
	// cannot-turn-off-backup
	"backup uitschakelen niet mogelijk|kunnen nu niet worden uitgeschakeld|+backup uitschakelen,uitgeschakeld mogelijk,niet\n" +
	// cellular-question
	"backup via mobiele data|~via mobiele data|+backup mobiele data,datta|+backup mobiele\n" +
	// late-backup
	"\n" +
	// never-backed-up
	"geen iphone backup|is geen backup gemaakt|geen backup van iphone|nooit een backup\n" +
	// will-occur-later
	"er wordt later een icloud backup|~wordt later een|+later backup gemaakt\n" +
	// backup-off
	"backup is uitgeschakeld|icloud backup staat uit\n" +
	// backup-not-supported
	"backup niet ondersteund\n" +
	// problem-enabling
	"probleem met het inschakelen|icloud backup mislukt\n" +
	// cannot-connect-icloud
	"onbekende fout\n" +
	// estimating
	"backup maken …|~wordt aangemaakt|+resterende tijd\n" +
	// last-backup-not-completed
	"voltooien van de laatste backup|backup is mislukt|laatste backup mislukt\n" +
	// backup-failed
	"\n" +
	"=ja\n" +
	// newer-ios-backup
	"~より新しい ios|ios ハーションのハックアッフ\n" +
	// poor-network
	"状態かよくなかった|+ネットワーク 状態\n" +
	// other-device-restoring
	"~開始てきません\n" +
	// restore-unfinished
	"今もなお復元中|最近ハックアッフされていません|復元を停止|復元を中止|復元か終了していない\n" +
	// restore-paused
	"~再開されます\n" +
	// being-restored
	"現在復元中てす|復元か終了すると|ハックアッフオフション|+iphone 現在,今 復元中\n" +
	// device-space
	"ストレーシの空き領域かありません|iphone のストレーシかいっはい|+容量 テハイス,本体 ありません,足りない,不足|iphone の容量不足|iphone の容量か足りない\n" +
	// some-files-unavailable
	"利用不可能なファイル|~利用不可能な\n" +
	// additional-space-needed
	"空き領域かあと|ハックアッフを作成するには 空き領域|+空き領域,空き容量,容量 あと 必要\n" +
	// not-enough-icloud-storage
	"ストレーシに十分な空き領域かない|空き領域不足|ハックアッフは作成てきません|^容量か足りない|^容量か足りません|^空き容量かない|^空き容量不足|空き容量か足り|icloud の空き容量か\n" +
	// storage-details-unavailable
	"ストレーシの詳細は現在利用てきません|~ストレーシの詳細|+ストレーシ 詳細 利用てきません,利用てきない\n" +
	// icloud-storage-full
	"ストレーシかいっはいてす|~現在アッフテートされていません|icloud ストレーシの空き領域かありません\n" +
	// airplane-mode
	"機内モート|機内モートをオフ\n" +
	// internet-required
	"インターネットに接続して|~インターネットに接続|+インターネット 接続 ハックアッフ\n" +
	// wifi-required
	"ハックアッフを作成するには wifi|~ネットワークに接続する必要かあります\n" +
	// verified-email
	"確認済みメールアトレス|確認済みメール|+確認済み メール\n" +
	// verify-password
	"~ハスワートの確認|+ハスワート 確認 必要\n" +
	// account-access
	"~にアクセスてきません|アカウント情報を確認|+アカウント アクセスてきません\n" +
	// new-terms
	"利用規約|+規約 同意\n" +
	// verification-failed
	"確認てきませんてした\n" +
	// cannot-delete-backup
	"使用されているため削除てきません\n" +
	// cannot-turn-off-backup
	"ハックアッフをオフにてきません|~オフにてきません|+ハックアッフ オフにてきません,オフにてきない\n" +
	// cellular-question
	"モハイルテータ通信を使用して|テータフランを超過|+モハイルテータ通信 ハックアッフ\n" +
	// late-backup
	"最後のハックアッフ作成から|~週間経ちます|~日間経ちます|日間ハックアッフされて|週間もハックアッフ\n" +
	// never-backed-up
	"ハックアッフ未作成|iphone かハックアッフされていません|一度もハックアッフ|またハックアッフされて|ハックアッフか作成されていません\n" +
	// will-occur-later
	"かつ wifi に接続しているときに作成されます|icloud ハックアッフは電源に接続され|+電源 ロック wifi ハックアッフ 作成\n" +
	// backup-off
	"~icloud ハックアッフかオフ|ハックアッフかオフてす\n" +
	// backup-not-supported
	"ハックアッフには対応していません\n" +
	// problem-enabling
	"有効化中に問題|icloud ハックアッフに失敗\n" +
	// cannot-connect-icloud
	"原因不明のエラー\n" +
	// estimating
	"ハックアッフを作成中|ハックアッフの実行中|ハックアッフか終わらない|ハックアッフに時間かかかる|+残り時間 計算\n" +
	// last-backup-not-completed
	"最後に行ったハックアッフ|~完了てきませんてした\n" +
	// backup-failed
	"\n" +
	"=ko\n" +
	// newer-ios-backup
	"~더 최신 ios 버전|ios 버전의 백업\n" +
	// poor-network
	"~연결 상태가 좋지|+네트워크 상태\n" +
	// other-device-restoring
	"~시작할 수 없습니다\n" +
	// restore-unfinished
	"복원이 완료되지|복원 작업이 완료되지|복원하는 중이기 때문에 최근에|~복원을 취소|+복원 완료되지 백업|복원 중단|복원을 중단|복원 중지\n" +
	// restore-paused
	"~재개됩니다|+복원 일시 정지\n" +
	// being-restored
	"현재 이 iphone 을 복원 중|~복원이 완료되면|백업 옵션|+iphone 현재,지금 복원 중\n" +
	// device-space
	"이 기기의 사용 공간|저장 공간 거의 가득|iphone 저장 공간이 가득|iphone 용량 부족|iphone 저장 공간이 부족|iphone 저장공간 부족|기기 용량이 부족|기기 공간이 부족\n" +
	// some-files-unavailable
	"~일부 파일\n" +
	// additional-space-needed
	"~추가로 필요합니다|+공간 추가 필요\n" +
	// not-enough-icloud-storage
	"저장 공간이 충분하지|저장 공간이 부족|^저장공간 부족|^용량 부족|^용량이 부족\n" +
	// storage-details-unavailable
	"저장 공간에 대한 세부사항|세부사항을 사용할 수 없습니다|+저장 공간 세부 사용할 수 없\n" +
	// icloud-storage-full
	"~더 이상 업데이트|icloud 저장 공간이 거의 가득|icloud 저장 공간 거의 가득\n" +
	// airplane-mode
	"에어플레인 모드|에어플레인 모드를 끄거나|비행기 모드\n" +
	// internet-required
	"~인터넷에 연결|인터넷에 연결하십시오|+인터넷 연결 백업\n" +
	// wifi-required
	"백업을 시작하려면|~네트워크에 연결되어 있어야|+백업 시작 네트워크,wifi\n" +
	// verified-email
	"확인된 이메일|이메일 주소가 없으면|+확인된 이메일\n" +
	// verify-password
	"암호를 확인해야|~암호를 확인\n" +
	// account-access
	"계정에 접근할 수 없습니다|~계정 정보를 확인|+계정 접근\n" +
	// new-terms
	"이용 약관|새로운 약관|+약관 동의\n" +
	// verification-failed
	"확인 실패\n" +
	// cannot-delete-backup
	"\n" +
	// cannot-turn-off-backup
	"백업 끌 수 없음|백업 끌 수|백업을 끌 수 없습니다|+백업 끌 수 없\n" +
	// cellular-question
	"셀룰러 데이터를 사용하여 백업|셀룰러 데이터를 사용|+셀룰러 데이터 백업\n" +
	// late-backup
	"마지막으로 백업된 지|~주가 지났습니다|~일이 지났습니다|주 동안 백업|일 동안 백업|주째 백업|주 넘게 백업\n" +
	// never-backed-up
	"iphone 백업 안 됨|백업되지 않았습니다|iphone 백업되지 않음|백업된 적이 없\n" +
	// will-occur-later
	"~나중에 전원|때 icloud 백업이 실행|+나중에 전원 백업\n" +
	// backup-off
	"백업이 꺼져 있음\n" +
	// backup-not-supported
	"백업이 지원되지\n" +
	// problem-enabling
	"활성화하는 데 문제|icloud 백업 실패\n" +
	// cannot-connect-icloud
	"알 수 없는 오류\n" +
	// estimating
	"백업 중 …|백업 진행 중|백업이 안 끝나|+남은 시간 계산\n" +
	// last-backup-not-completed
	"~완료하지 못했습니다|+최근 백업 완료하지\n" +
	// backup-failed
	"백업에 실패|백업이 안 됩니다|백업할 수 없|백업을 할 수 없\n" +
	"=zh-Hans\n" +
	// newer-ios-backup
	"~较新 ios 版本|ios 版本的备份\n" +
	// poor-network
	"网络较差|~因为网络\n" +
	// other-device-restoring
	"其他设备正在从这个备份|~无法开始\n" +
	// restore-unfinished
	"仍在从 icloud 云备份恢复|最近没有备份|停止恢复\n" +
	// restore-paused
	"\n" +
	// being-restored
	"目前正在恢复此 iphone|~完成后将会自动备份|备份选项|+正在 恢复 iphone\n" +
	// device-space
	"储存空间几乎已满|iphone 储存空间已满|iphone 空间不足|iphone 储存空间不足\n" +
	// some-files-unavailable
	"~部分文件\n" +
	// additional-space-needed
	"空间才能备份|~还需\n" +
	// not-enough-icloud-storage
	"储存空间不足|没有足够的储存空间|^空间不足|储存空间不够|icloud 没有足够\n" +
	// storage-details-unavailable
	"储存空间当前不可用|icloud 云储存空间当前|+储存空间 不可用\n" +
	// icloud-storage-full
	"icloud 储存空间已|~不会再更新|icloud 储存空间几乎已满\n" +
	// airplane-mode
	"飞行模式|关闭飞行模式\n" +
	// internet-required
	"接入互联网|请接入互联网|连接互联网|连接到互联网|+互联网,网络 启用,打开 备份\n" +
	// wifi-required
	"网络才能开始备份\n" +
	// verified-email
	"验证的电子邮件|~电子邮件地址|+验证 电子邮件,邮箱 备份|+经过验证 电子邮件\n" +
	// verify-password
	"~验证密码|~需要你验证\n" +
	// account-access
	"无法访问账户|~账户信息|+无法访问 账户,账号\n" +
	// new-terms
	"条款与条件|条款和条件|新条款|新的条款|+接受,同意 条款\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"\n" +
	// cannot-turn-off-backup
	"无法关闭备份|~无法关闭|备份无法关闭|+无法 关闭 备份\n" +
	// cellular-question
	"使用蜂窝数据备份|蜂窝数据备份|+蜂窝数据,流量 备份\n" +
	// late-backup
	"上次备份是在|~周前|好久没有备份\n" +
	// never-backed-up
	"尚未备份|从未备份|没有备份过\n" +
	// will-occur-later
	"icloud 云备份将在|接入电源 锁定|+电源 锁定 备份\n" +
	// backup-off
	"\n" +
	// backup-not-supported
	"不支持备份\n" +
	// problem-enabling
	"~时发生问题|icloud 备份失败|icloud 云备份失败\n" +
	// cannot-connect-icloud
	"未知错误\n" +
	// estimating
	"正在备份|正在进行 icloud 云备份|^一直卡住|+估算 剩余 时间\n" +
	// last-backup-not-completed
	"完成上次备份\n" +
	// backup-failed
	"无法备份|不能备份\n" +
	"=zh-Hant\n" +
	// newer-ios-backup
	"~較新 ios 版本|ios 版本的備份\n" +
	// poor-network
	"網路狀態不佳|~網路狀態\n" +
	// other-device-restoring
	"~無法啟動\n" +
	// restore-unfinished
	"icloud 備份中回復|最近未備份|停止回復\n" +
	// restore-paused
	"已暫停回復\n" +
	// being-restored
	"目前正在回復中|~完成後會自動備份|備份選項|+正在 回復 iphone\n" +
	// device-space
	"儲存空間幾乎已滿|iphone 儲存空間已滿|手機空間不足|iphone 空間不足|iphone 儲存空間不足\n" +
	// some-files-unavailable
	"~部分檔案\n" +
	// additional-space-needed
	"額外空間才能備份|~還需要\n" +
	// not-enough-icloud-storage
	"儲存空間不足|^容量不足|^空間不足|icloud 空間不夠|icloud 沒有足夠\n" +
	// storage-details-unavailable
	"無法顯示 icloud 儲存空間|~詳細資訊|+儲存空間 無法 顯示\n" +
	// icloud-storage-full
	"icloud 儲存空間已|~已不再更新|icloud 空間已滿|icloud 滿了|icloud 儲存空間幾乎已滿\n" +
	// airplane-mode
	"飛航模式|關閉 飛航模式|飛行模式\n" +
	// internet-required
	"連接 internet|連接網際網路|+internet,網際網路 啟用,開啟 備份\n" +
	// wifi-required
	"網路才能開始備份\n" +
	// verified-email
	"驗證過的電子郵件|~電子郵件地址|+驗證 電子郵件,信箱 備份|+驗證過 電子郵件\n" +
	// verify-password
	"~驗證密碼|~需要你驗證\n" +
	// account-access
	"~無法連接账號|~账號資訊|+無法連接,無法存取 账號,账户\n" +
	// new-terms
	"條款與約定|條款和約定|條款與條件|新的條款|+接受,同意 條款\n" +
	// verification-failed
	"驗證失敗\n" +
	// cannot-delete-backup
	"無法刪除備份|備份無法刪除\n" +
	// cannot-turn-off-backup
	"無法關閉備份|~無法關閉|備份無法關閉|+無法 關閉 備份\n" +
	// cellular-question
	"使用行動數據備份|行動數據備份|+行動數據,行動網路 備份\n" +
	// late-backup
	"上次進行備份是|~週前|~天前|幾週沒有備份|週沒有備份|週未備份|天沒有備份|天未備份|個月沒有備份|星期沒有備份\n" +
	// never-backed-up
	"尚未進行備份|從未備份|iphone 尚未備份|從來沒有備份\n" +
	// will-occur-later
	"連接 wifi 後才開始|icloud 備份 會在|+電源 鎖定 備份\n" +
	// backup-off
	"\n" +
	// backup-not-supported
	"不支援備份\n" +
	// problem-enabling
	"icloud 備份失敗\n" +
	// cannot-connect-icloud
	"無法連接 icloud|未知的錯誤\n" +
	// estimating
	"正在估計剩餘時間|備份中 …|正在進行 icloud 備份|備份卡住|備份卡在|+估計 剩餘 時間|估算剩餘時間\n" +
	// last-backup-not-completed
	"備份無法完成\n" +
	// backup-failed
	"iphone 備份失敗|備份失敗|無法備份|備份不了\n" +
	"=ru\n" +
	// newer-ios-backup
	"~более новои версии|находится резервная копия|+новои,новее ios резервн,копия,бэкап,бекап\n" +
	// poor-network
	"плохои работы сети|~из за плохои\n" +
	// other-device-restoring
	"~не удается начать\n" +
	// restore-unfinished
	"продолжается восстановление|в последнее время не создавались|остановить восстановление\n" +
	// restore-paused
	"восстановление из icloud приостановлено|~будет возобновлено\n" +
	// being-restored
	"сеичас этот iphone восстанавливается|~потом автоматически|настроики резервного копирования|+iphone восстанавливается\n" +
	// device-space
	"на этом устроистве недостаточно|~места почти нет|память iphone заполнена|память iphone переполнена|на этом iphone недостаточно|недостаточно места на iphone|на iphone нет места\n" +
	// some-files-unavailable
	"~некоторые фаилы|~были недоступны|+некоторые фаилы недоступны\n" +
	// additional-space-needed
	"~требуется еще|памяти для резервного|+требуется,нужно еще памяти,места копия,копии,копирования,бэкап,бекап\n" +
	// not-enough-icloud-storage
	"в icloud недостаточно|недостаточно места|^не хватает места|нет места в icloud|в icloud нет места\n" +
	// storage-details-unavailable
	"сведения об использовании хранилища|хранилища icloud сеичас недоступны|+сведения хранилища недоступны\n" +
	// icloud-storage-full
	"~больше не обновляются|^хранилище заполнено|+icloud закончилось место\n" +
	// airplane-mode
	"авиарежим|выключите авиарежим|режим полета|режиме полета\n" +
	// internet-required
	"подключите устроиству к интернету|~к интернету|подключите устроиство к интернету|+подключите интернету\n" +
	// wifi-required
	"чтобы начать резервное копирование|~необходимо подключение|+начать копирование wifi,сети,подключение\n" +
	// verified-email
	"без проверки адреса email|~проверки адреса|+проверки,подтвержденного адреса email,mail,почты\n" +
	// verify-password
	"~требует проверки|+проверк пароля\n" +
	// account-access
	"получить доступ к учетнои записи|~учетную информацию|+доступ учетнои,аккаунту записи,аккаунту\n" +
	// new-terms
	"условия и положения|положения и условия|пользовательское соглашение|новые условия|+принять,примите условия\n" +
	// verification-failed
	"проверка не удалась\n" +
	// cannot-delete-backup
	"~нельзя удалить|+нельзя,удается,удалось,могу,невозможно удалить резервн,копию,бэкап,бекап\n" +
	// cannot-turn-off-backup
	"не удается отключить резервную копию|~отключить резервную|~отключить резервное копирование для|+удается,удалось,нельзя отключить резервн,копирование,бэкап,бекап\n" +
	// cellular-question
	"копии по сотовои сети|~по сотовои сети|+сотовои сети копии,копию,копия,копирование,бэкап,бекап\n" +
	// late-backup
	"нед резервные копии|дн резервные копии\n" +
	// never-backed-up
	"~пока не создавались|нет копии iphone|+нет резервн,бэкап,бекап iphone\n" +
	// will-occur-later
	"~начнется позже|начнется позже когда|+копирование начнется позже\n" +
	// backup-off
	"в icloud выключено\n" +
	// backup-not-supported
	"копирование не поддерживается\n" +
	// problem-enabling
	"проблема при включении|сбои резервного копирования\n" +
	// cannot-connect-icloud
	"неизвестная ошибка\n" +
	// estimating
	"создание копии …|идет создание резервнои копии|+оставшегося времени\n" +
	// last-backup-not-completed
	"~не удалось завершить|+завершить,завершено последнеи,последнее резервн,копии,копирование,бэкап,бекап\n" +
	// backup-failed
	"+удалось создать резервн,копию,бэкап,бекап\n" +
	"=ar\n" +
	// newer-ios-backup
	"~اصدار ios|يحتوي علي نسخه\n" +
	// poor-network
	"احوال الشبكه|+سو الشبكه\n" +
	// other-device-restoring
	"~لا يمكن بد\n" +
	// restore-unfinished
	"لا يزال قيد الاستعاده|~موخرا|+لم استكمال استعادت|ايقاف استعاده\n" +
	// restore-paused
	"~سيتم استينافها|icloud متوقفه موقتا\n" +
	// being-restored
	"يجري حاليا استعاده|سيتم النسخ الاحتياطي تلقاييا|خيارات النسخ الاحتياطي|+حاليا استعاده iphone\n" +
	// device-space
	"لا تتوفر مساحه خاليه كافيه|اوشك التخزين علي الامتلا|مساحه تخزين iphone ممتليه|+مساحه كافيه الجهاز|ذاكره iphone ممتليه\n" +
	// some-files-unavailable
	"~بعض الملفات|+بعض الملفات متوفره\n" +
	// additional-space-needed
	"~هنالك حاجه الي|~اضافيه للنسخ|+حاجه اضافيه نسخ\n" +
	// not-enough-icloud-storage
	"تخزين icloud كافي|لا يوجد تخزين كافي|+مساحه كافيه icloud\n" +
	// storage-details-unavailable
	"تفاصيل تخزين icloud|+تفاصيل تخزين غير متوفره\n" +
	// icloud-storage-full
	"لن يتم تحديث الصور\n" +
	// airplane-mode
	"نمط الطيران|وضع الطيران\n" +
	// internet-required
	"اتصل بالانترنت|~بالانترنت لتشغيل|+اتصل بالانترنت\n" +
	// wifi-required
	"~يجب ان تكون متصلا|لبد النسخ الاحتياطي|+متصل wifi,شبكه نسخ\n" +
	// verified-email
	"~بدون بريد الكتروني|بريد الكتروني متحقق|+بريد الكتروني متحقق,تحقق\n" +
	// verify-password
	"تتحقق من كلمه السر|~كلمه السر\n" +
	// account-access
	"الوصول الي الحساب|~معلومات حسابك|+الوصول الحساب النسخ\n" +
	// new-terms
	"الشروط والاحكام|الشروط والبنود|بنود وشروط|الشروط الجديده|+الشروط قبول,الموافقه\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"\n" +
	// cannot-turn-off-backup
	"لا يمكن ايقاف النسخ|+يمكن ايقاف النسخ\n" +
	// cellular-question
	"باستخدام البيانات الخلويه|قد تتجاوز حد باقه|+البيانات الخلويه النسخ\n" +
	// late-backup
	"اسبوع يحدث النسخ|يوم يحدث النسخ\n" +
	// never-backed-up
	"لم يتم نسخ احتياطي|لم يتم اجرا نسخ احتياطي لهذا|لم يتم النسخ الاحتياطي|+لم يتم نسخ iphone\n" +
	// will-occur-later
	"يحدث النسخ الاحتياطي علي icloud|+يحدث النسخ عندما\n" +
	// backup-off
	"icloud متوقف\n" +
	// backup-not-supported
	"النسخ الاحتياطي غير مدعوم\n" +
	// problem-enabling
	"حدثت مشكله اثنا تمكين|فشل النسخ الاحتياطي\n" +
	// cannot-connect-icloud
	"خطا غير معروف\n" +
	// estimating
	"جاري تقدير الوقت|جاري النسخ الاحتياطي|~قيد التقدم|+تقدير الوقت المتبقي\n" +
	// last-backup-not-completed
	"~تعذر اكمال اخر\n" +
	// backup-failed
	"فشل النسخ الاحتياطي لل iphone\n" +
	"=tr\n" +
	// newer-ios-backup
	"~daha yeni bir ios|~ios surumunun|yedeklemesini icerdigi icin|+yeni ios yedek\n" +
	// poor-network
	"kotu ag baglantisi|ag baglantisi nedeniyle\n" +
	// other-device-restoring
	"~baslayamiyor|+baska,diger aygit,cihaz geri yuk\n" +
	// restore-unfinished
	"geri yukleme bitmedigi|geri yukleme yaptigi|yakin zamanda yedeklenmedi|geri yuklemeyi durdur\n" +
	// restore-paused
	"~surdurulecek\n" +
	// being-restored
	"su anda bu iphone uzerine geri yukleniyor|geri yukleme bittiginde|yedekleme secenekleri|+su,anda iphone geri yukleniyor\n" +
	// device-space
	"bu aygitta yedeklemeyi|saklama alani dolmak uzere|iphone saklama alani dolu|+aygitta,cihazda yeterli,bos alan yok,degil\n" +
	// some-files-unavailable
	"~bazi dosyalar|~kullanilamiyordu|+bazi dosyalar kullanilam\n" +
	// additional-space-needed
	"~daha gerekiyor\n" +
	// not-enough-icloud-storage
	"yeterli saklama alani yok|^yetersiz alan|+icloud yeterli yok,olmadigi|+icloud yer yok,kalmadi,yetersiz\n" +
	// storage-details-unavailable
	"saklama alani ayrintilari|ayrintilari su anda yok|+saklama alani ayrinti yok\n" +
	// icloud-storage-full
	"icloud saklama alani dol|~artik guncellenmiyor\n" +
	// airplane-mode
	"ucak modu|ucak modu nu kapatin|ucak modunu\n" +
	// internet-required
	"internete baglanin|+internete baglanin\n" +
	// wifi-required
	"yedeklemeyi baslatabilmek|~bagli olmaniz gerekir|+yedeklemeyi baslat agina,wifi\n" +
	// verified-email
	"dogrulanmis bir e posta|e posta adresi olmadan|+dogrulanmis posta\n" +
	// verify-password
	"dogrulamanizi gerektiriyor|+parola dogrula\n" +
	// account-access
	"hesabina erisemiyor|hesap bilgilerinizi|+hesabina,hesaba erisemiyor\n" +
	// new-terms
	"hukum ve kosullar|sart ve kosullar|sartlar ve kosullar|kullanim kosullari|yeni kosullar|+kosullari,kosullar kabul\n" +
	// verification-failed
	"dogrulanamadi\n" +
	// cannot-delete-backup
	"yedekleme silinemiyor|~silinemiyor|+yedek silinmiyor|+yedek silemiyorum\n" +
	// cannot-turn-off-backup
	"yedekleme kapatilamiyor|~kapatilamiyor|+yedek kapatilamiyor\n" +
	// cellular-question
	"hucresel veriyi kullanarak|~hucresel veri|+hucresel veri yedek\n" +
	// late-backup
	"gun once yedeklendi|hafta once yedeklendi|+haftadir,gundur,aydir yedek\n" +
	// never-backed-up
	"yedeklenmedi yedeklemeler|iphone yedeklenmedi\n" +
	// will-occur-later
	"icloud yedekleme guc kaynagina|guc kaynagina baglandiginda kilitlendiginde|+yedek guc,kaynagina kilitlendiginde,baglandiginda\n" +
	// backup-off
	"yedekleme kapali\n" +
	// backup-not-supported
	"yedekleme desteklenmiyor\n" +
	// problem-enabling
	"etkinlestirmeyle ilgili bir sorun|icloud yedekleme basarisiz|+yedek acamiyor,acilmiyor,etkinlestiremiyor\n" +
	// cannot-connect-icloud
	"bilinmeyen bir hata|+icloud baglanamiyor,baglanilamiyor\n" +
	// estimating
	"kalan sure hesaplaniyor|yedekleniyor …|icloud yedekleme suruyor\n" +
	// last-backup-not-completed
	"yedekleme tamamlanamadi\n" +
	// backup-failed
	"iphone yedeklenemedi|iphone yedeklenemiyor|iphone yedeklemesi basarisiz\n" +
	"=pl\n" +
	// newer-ios-backup
	"~nowszej wersji|znajduje sie juz backup\n" +
	// poor-network
	"slabej jakosci polaczenia|~polaczenia sieciowego\n" +
	// other-device-restoring
	"~nie mozna rozpoczac\n" +
	// restore-unfinished
	"~trwa odtwarzanie|ostatnio nie tworzono backupu|+nie odtworzony,przywrocony konca,calkowicie|zatrzymac odtwarzanie|przerwac odtwarzanie\n" +
	// restore-paused
	"~zostanie wznowione\n" +
	// being-restored
	"po ukonczeniu jego odtwarzania|opcje tworzenia backupow|+iphone trwa,teraz odtwarzanie,odtwarzany,przywracany\n" +
	// device-space
	"na urzadzeniu jest za malo|pamiec prawie zapelniona|~miejsca na iphone|+urzadzeniu malo,brak miejsca|pamiec iphone pelna\n" +
	// some-files-unavailable
	"~czesc plikow|~byla niedostepna|+czesc,niektore plikow,pliki niedostepna,niedostepne\n" +
	// additional-space-needed
	"~potrzeba dodatkowo|aby utworzyc backup tego\n" +
	// not-enough-icloud-storage
	"nie mozna bylo utworzyc backupu tego|za malo wolnego miejsca|w icloud nie ma wystarczajacej|nie mam miejsca w icloud|nie ma miejsca w icloud\n" +
	// storage-details-unavailable
	"szczegoly miejsca w icloud|miejsca w icloud sa chwilowo|+szczegoly miejsca icloud niedostepne\n" +
	// icloud-storage-full
	"~brak miejsca|~nie beda juz uaktualniane\n" +
	// airplane-mode
	"tryb samolot\n" +
	// internet-required
	"polacz sie z internetem|~z internetem|+polacz internetem\n" +
	// wifi-required
	"aby rozpoczac tworzenie backupu|~polacz sie z siecia|+rozpoczac backupu,backup,kopii siecia,wifi\n" +
	// verified-email
	"zweryfikowanego adresu email|bez zweryfikowanego|+zweryfikowanego email,mail\n" +
	// verify-password
	"zweryfikowania hasla|~wymaga zweryfikowania\n" +
	// account-access
	"nie ma dostepu do konta|~informacje o koncie|+dostepu konta\n" +
	// new-terms
	"warunki korzystania|nowe warunki|zasady i warunki|regulamin icloud|nowy regulamin|+zaakceptowac,zaakceptuj warunki,regulamin\n" +
	// verification-failed
	"\n" +
	// cannot-delete-backup
	"~usunac tego backupu\n" +
	// cannot-turn-off-backup
	"nie mozna wylaczyc backupow|~wylaczyc backupow|nie mozna w tej chwili wylaczyc|+mozna wylaczyc backup,backupow,kopii\n" +
	// cellular-question
	"backupy przez siec komorkowa|~przez siec komorkowa|mozesz przekroczyc limit|+siec komorkowa backup,backupy,kopia,kopie\n" +
	// late-backup
	"\n" +
	// never-backed-up
	"backup iphone a nie utworzony|nie utworzono backupu|iphone bez backupu|brak backup iphone\n" +
	// will-occur-later
	"zostanie utworzony pozniej|~pozniej gdy|+backup,kopia utworzony,utworzona pozniej\n" +
	// backup-off
	"icloud jest wylaczony\n" +
	// backup-not-supported
	"backup nieobslugiwany\n" +
	// problem-enabling
	"blad backupu\n" +
	// cannot-connect-icloud
	"nieznany blad|+mozna polaczyc icloud\n" +
	// estimating
	"szacuje pozostaly czas|tworze backup|trwa tworzenie backupu\n" +
	// last-backup-not-completed
	"nie mozna bylo ukonczyc|+ukonczyc,ukonczono ostatniego,ostatni backup,backupu,kopii\n" +
	// backup-failed
	"blad backup\n"
